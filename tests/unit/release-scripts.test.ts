import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAudit } from '../../scripts/audit.mjs';
import { ico, icns } from '../../scripts/icon-files.mjs';
import { checkLicences, isAllowed, packageFolder, readPackage, writeLicences } from '../../scripts/licences.mjs';
import { reachableFrom } from '../../scripts/packaged-files.mjs';
import { releaseNotes } from '../../scripts/release-notes.mjs';
import { temporaryFolder } from '../support/temporary-folder';

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

describe('licences', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC', '(MPL-2.0 OR Apache-2.0)'])('%s may be shipped', (licence) => {
    expect(isAllowed(licence)).toBe(true);
  });

  it.each(['', 'GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'UNLICENSED', 'SEE LICENSE IN LICENSE', 'BUSL-1.1'])(
    '%j may not',
    (licence) => {
      expect(isAllowed(licence)).toBe(false);
    },
  );

  it('that nobody has allowed stop the build, and are named', () => {
    const of = (name: string, licence: string) => ({ name, version: '1', licence, text: '' });
    expect(() => checkLicences([of('good', 'MIT'), of('bad', 'GPL-3.0'), of('odd', '')])).toThrow(/bad: GPL-3\.0\nodd: no licence/);
  });

  it('of everything that a build was made of are written into it, with their words', async () => {
    const folder = await temporaryFolder();
    await write(folder, {
      'node_modules/a/package.json': '{"name":"a","version":"1.0.0","license":"MIT"}',
      'node_modules/a/LICENSE': 'Do as you like.\n',
      'node_modules/@x/b/package.json': '{"name":"@x/b","version":"2.0.0","license":"ISC"}',
      'node_modules/electron/package.json': '{"name":"electron","version":"45.0.0","license":"MIT"}',
      'out/renderer/assets/index.js': '',
      'out/modules-main.txt': [join(folder, 'node_modules/a/index.js'), join(folder, 'electron/main.ts')].join('\n'),
      'out/modules-window.txt': `\0${join(folder, 'node_modules/@x/b/dist/index.mjs')}?v=1`,
    });
    writeLicences(join(folder, 'out'), join(folder, 'node_modules/electron'));
    const list = JSON.parse(await readFile(join(folder, 'out/renderer/assets/licences.json'), 'utf8'));
    expect(list.map((one: { name: string; licence: string }) => `${one.name} ${one.licence}`)).toEqual([
      '@x/b ISC',
      'a MIT',
      'electron MIT',
    ]);
    expect(list[1].text).toBe('Do as you like.');
  });

  it('are read of every package that this repository ships', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const packages = Object.keys(dependencies).map((name) => readPackage(join('node_modules', name)));
    expect(packages.length).toBeGreaterThan(20);
    expect(() => checkLicences(packages)).not.toThrow();
    expect(packages.filter(({ text }) => text === '').map(({ name }) => name).length).toBeLessThan(5);
  });

  it('belong to a package, not to the app’s own modules', () => {
    expect(packageFolder(join(process.cwd(), 'electron/main.ts'))).toBeNull();
    expect(packageFolder(join(process.cwd(), 'node_modules/zod/index.js'))).toBe(join(process.cwd(), 'node_modules/zod'));
  });
});

describe('what the audit of dependencies says', () => {
  const report = (severity: string) =>
    JSON.stringify({ vulnerabilities: { x: { name: 'x', severity, range: '<2' } }, metadata: { vulnerabilities: { [severity]: 1 } } });

  it('fails from high on', () => {
    expect(readAudit(report('high'))).toMatchObject({ passed: 0, failed: 1, skipped: [] });
    expect(readAudit(report('critical'))).toMatchObject({ failed: 1 });
    expect(readAudit(report('moderate'))).toMatchObject({ passed: 1, failed: 0, skipped: [] });
  });

  it('is a skip with a reason, and no pass, where the registry does not answer', () => {
    const refused = readAudit('npm warn audit 405\n{"message":"405 Method Not Allowed - POST https://host.example/-/npm/v1/x","error":{}}');
    expect(refused).toMatchObject({ passed: 0, failed: 0, skipped: [{ title: 'npm audit', reason: expect.stringContaining('405') }] });
    expect(refused.skipped[0]?.reason).not.toContain('host.example');
    expect(readAudit('getaddrinfo ENOTFOUND')).toMatchObject({ passed: 0, failed: 0, skipped: [{ title: 'npm audit' }] });
  });
});

it('only what a program loads is packaged with it', async () => {
  const folder = await temporaryFolder();
  await write(folder, {
    'main.js': 'require("./chunks/a.js"); import("./chunks/later.js"); join(__dirname, "../preload/preload.js")',
    'headless.js': 'require("./chunks/other.js")',
    'chunks/a.js': 'const icon = join(__dirname, "./tray.png"); require(`./b.js`)',
    'chunks/b.js': '',
    'chunks/later.js': 'require("../chunks/a.js")',
    'chunks/other.js': '',
    'chunks/tray.png': '',
  });
  expect(reachableFrom(folder, 'main.js')).toEqual(['chunks/a.js', 'chunks/b.js', 'chunks/later.js', 'chunks/tray.png', 'main.js']);
});

it('the notes of a release are its part of the changelog', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- New\n\n## 1.0.0 (2026-01-01)\n\n### Added\n\n- First\n';
  expect(releaseNotes(changelog, '1.0.0')).toBe('### Added\n\n- First');
  expect(releaseNotes(changelog, '1.1.0')).toBe('- New');
});

describe('the icons that are committed', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('are in files that Windows and a Mac read', () => {
    const windows = ico([
      { side: 16, png },
      { side: 256, png },
    ]);
    expect(windows.subarray(0, 6).toString('hex')).toBe('000001000200');
    expect(windows.readUInt8(6)).toBe(16);
    expect(windows.readUInt8(22)).toBe(0);
    expect(windows.subarray(Number(windows.readUInt32LE(18))).subarray(0, 8)).toEqual(png);
    const mac = icns(Object.fromEntries([32, 64, 128, 256, 512, 1024].map((side) => [side, png])));
    expect(mac.toString('ascii', 0, 4)).toBe('icns');
    expect(mac.readUInt32BE(4)).toBe(mac.length);
  });

  it('have the sizes that their names say', async () => {
    for (const side of [16, 24, 32, 48, 64, 128, 256, 512]) {
      const bytes = await readFile(`packaging/icons/linux/${side}x${side}.png`);
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([side, side]);
    }
    for (const tone of ['plain', 'ok', 'primary', 'warn', 'bad', 'grey'])
      expect((await readFile(`electron/host/tray-signs/${tone}.png`)).readUInt32BE(16)).toBe(32);
  });
});
