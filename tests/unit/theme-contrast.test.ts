import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../renderer/theme/tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const found = [...block.matchAll(/--fb-([a-z-]+):\s*(#[0-9a-f]{6})/gi)];
  return Object.fromEntries(found.map((match): [string, string] => [match[1] ?? '', match[2] ?? '']));
}

const channels = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['canvas', 'surface', 'sunken'];
const tones = ['primary', 'ok', 'warn', 'bad', 'grey', 'purple'];

const textPairs: [string, string][] = [
  ...['text', 'muted', 'placeholder', 'primary'].flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
  ...tones.flatMap((tone): [string, string][] => [
    [tone, `${tone}-tint`],
    [tone, 'surface'],
    [tone, 'canvas'],
    ['text', `${tone}-tint`],
  ]),
  ['muted', 'primary-tint'],
  ['on-primary', 'primary'],
  ['on-primary', 'primary-hover'],
];

const edgePairs: [string, string][] = grounds.map((ground) => ['control-border', ground]);

describe.each([
  ['light', ':root'],
  ['dark', 'html.dark'],
])('the %s theme', (_name, selector) => {
  const tokens = tokensOf(selector);
  const colour = (token: string): string => {
    const value = tokens[token];
    if (value === undefined) throw new Error(`--fb-${token} is not defined for ${selector}`);
    return value;
  };

  test.each(textPairs)('%s can be read on %s (4.5:1)', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(edgePairs)('%s can be told from %s (3:1)', (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
  });

  test.each(['primary', 'ok', 'warn', 'bad', 'grey'])('%s as channels is the same colour', (tone) => {
    const start = css.indexOf(`${selector} {`);
    const block = css.slice(start, css.indexOf('}', start));
    expect(block).toContain(`--fb-${tone}-rgb: ${channels(colour(tone)).join(', ')};`);
  });
});

test('every colour variable of Element Plus is drawn with one of ours', () => {
  const base = readFileSync(new URL('../../node_modules/element-plus/theme-chalk/base.css', import.meta.url), 'utf8');
  const ours = readFileSync(new URL('../../renderer/theme/element.css', import.meta.url), 'utf8');
  const colourNames = new Set(
    [...base.matchAll(/(--el-[a-z0-9-]+)\s*:/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => /color|shadow/.test(name) && !/transition/.test(name)),
  );
  expect(colourNames.size).toBeGreaterThan(60);
  expect([...colourNames].filter((name) => !new RegExp(`${name}: var\\(--fb-`).test(ours))).toEqual([]);
});
