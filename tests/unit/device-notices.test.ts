import { expect, test } from 'vitest';
import { lowDiskBytes } from '@shared/files/room';
import { deviceNotices } from '../../renderer/components/shell/device-notices';

const well = { clockOff: null, safetyCopy: { failing: null, unreadable: 0, damaged: 0 } };

test('nothing is said of a device that is well, or that has not spoken yet', () => {
  expect(deviceNotices(null, new Set())).toEqual([]);
  expect(deviceNotices(well, new Set())).toEqual([]);
});

test('a disk that is nearly full is said before there is no room for work', () => {
  expect(deviceNotices(well, new Set(), lowDiskBytes)).toEqual([]);
  expect(deviceNotices(well, new Set(), lowDiskBytes - 1)).toEqual([{ kind: 'disk-low', free: lowDiskBytes - 1 }]);
  expect(deviceNotices(well, new Set(['disk-low']), 0)).toEqual([]);
});

test('what the safety copy has lost is said until it was read', () => {
  const state = { ...well, safetyCopy: { failing: null, unreadable: 3, damaged: 1 } };
  expect(deviceNotices(state, new Set())).toEqual([{ kind: 'copy-unreadable', count: 3 }, { kind: 'copy-damaged' }]);
  expect(deviceNotices(state, new Set(['copy-unreadable']))).toEqual([{ kind: 'copy-damaged' }]);
});

test('a safety copy that cannot be written is said whatever kept it from that, before what was found in it', () => {
  for (const code of ['storage-full', 'cancelled'] as const) {
    const failing = { code, message: 'It does not go.' };
    const state = { ...well, safetyCopy: { failing, unreadable: 0, damaged: 1 } };
    expect(deviceNotices(state, new Set())).toEqual([{ kind: 'copy-failing', ...failing }, { kind: 'copy-damaged' }]);
  }
});
