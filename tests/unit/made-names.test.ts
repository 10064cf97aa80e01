import { expect, test } from 'vitest';
import { diskName } from '@shared/format/disk-name';
import { pastedName, photoName } from '@shared/files/made-name';

const at = '2026-11-29 14.05';

test.each([
  ['image.png', 'image/png', 'Pasted 2026-11-29 14.05.png'],
  ['', 'image/jpeg', 'Pasted 2026-11-29 14.05.jpg'],
  ['image.svg', 'image/svg+xml', 'Pasted 2026-11-29 14.05.svg'],
  ['', '', 'Pasted 2026-11-29 14.05.png'],
  ['image of the pallet.png', 'image/png', 'image of the pallet.png'],
])('a pasted picture called %j (%s) is %j', (name, type, expected) => {
  expect(pastedName(name, type, at)).toBe(expected);
});

test('names that are made here are names of files as they are', () => {
  for (const name of [pastedName('', 'image/png', at), photoName(`${at}.33`)]) expect(diskName(name)).toBe(name);
});
