import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { icns, ico } from './icon-files.mjs';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run icons`: draws every icon from packaging/icons/fieldbook.svg. What it writes is committed: a build needs no browser.
await setup();
const { chromium } = await import('@playwright/test');
const drawing = readFileSync(join(root, 'packaging/icons/fieldbook.svg'), 'utf8');

/** Signs of the states in the tray: each has a shape of its own, so that nothing is said by colour alone. */
const signs = {
  plain: null,
  ok: { fill: '#1B6E3C', shape: '<path d="M-52 4l36 36 68-76"/>' },
  primary: { fill: '#2F86DE', shape: '<path d="M-46 12L0-40 46 12M0-34V56"/>' },
  warn: { fill: '#C77700', shape: '<path d="M0-58V14"/><circle cy="56" r="8"/>' },
  bad: { fill: '#B3261E', shape: '<path d="M-44-44L44 44M44-44L-44 44"/>' },
  grey: { fill: '#4A5565', shape: '<path d="M-26-46V46M26-46V46"/>' },
};

function withSign(sign) {
  if (sign === null) return drawing;
  const badge = `<g transform="translate(366 366)"><circle r="146" fill="#fff"/><circle r="124" fill="${sign.fill}"/>
    <g fill="none" stroke="#fff" stroke-width="34" stroke-linecap="round" stroke-linejoin="round">${sign.shape}</g></g>`;
  return drawing.replace('</svg>', `${badge}</svg>`);
}

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: await findChromium(), args: asRoot });
const page = await browser.newPage();

async function png(svg, side) {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>html,body{margin:0;background:none}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

const sizes = {};
for (const side of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) sizes[side] = await png(drawing, side);
const icons = join(root, 'packaging/icons');
mkdirSync(join(icons, 'linux'), { recursive: true });
for (const side of [16, 24, 32, 48, 64, 128, 256, 512]) writeFileSync(join(icons, 'linux', `${side}x${side}.png`), sizes[side]);
writeFileSync(join(icons, 'fieldbook.ico'), ico([16, 24, 32, 48, 64, 128, 256].map((side) => ({ side, png: sizes[side] }))));
writeFileSync(join(icons, 'fieldbook.icns'), icns(sizes));

const tray = join(root, 'electron/host/tray-signs');
mkdirSync(tray, { recursive: true });
for (const [name, sign] of Object.entries(signs)) writeFileSync(join(tray, `${name}.png`), await png(withSign(sign), 32));
await browser.close();
