import { describe, expect, it } from 'vitest';
import type { DocType } from '@shared/erp/doctype';
import { takenName, takenValues } from '../../renderer/cache/taken';
import { record } from '../../renderer/cache/record';
import { testCache } from '../support/cache';

const asset: DocType = {
  name: 'Meter',
  modified: '',
  fields: [
    { fieldname: 'serial', fieldtype: 'Data', label: 'Serial', unique: 1 },
    { fieldname: 'reading', fieldtype: 'Int', unique: 1 },
    { fieldname: 'place', fieldtype: 'Data' },
  ],
  permissions: [],
};

describe('a value that only one document may have', () => {
  it('is told from another document of this device, before anything is sent', async () => {
    const ports = testCache();
    const { name } = await record(ports, { kind: 'create', doctype: 'Meter', values: { serial: 'A-1', place: 'Bonn' } });
    const other = await record(ports, { kind: 'create', doctype: 'Meter', values: { serial: 'B-2', place: 'Bonn' } });
    const taken = (values: Record<string, string | number>, own: Record<string, string> | null) =>
      takenValues(ports.cache, asset, values, own);
    expect(await taken({ serial: 'A-1', place: 'Bonn' }, null)).toEqual([
      { fieldname: 'serial', label: 'Serial', value: 'A-1', by: 'New Meter 1 (this device)' },
    ]);
    expect(await taken({ serial: 'a-1' }, null)).toHaveLength(1);
    expect(await taken({ serial: 'C-3', place: 'Bonn' }, null)).toEqual([]);
    expect(await taken({ serial: '', reading: 0 }, null)).toEqual([]);
    // One's own value is not taken, unchanged or changed back.
    expect(await taken({ serial: 'A-1' }, { name, serial: 'A-1' })).toEqual([]);
    expect(await taken({ serial: 'A-1' }, { name, serial: 'A-0' })).toEqual([]);
    expect(await taken({ serial: 'A-1' }, { name: other.name, serial: 'B-2' })).toHaveLength(1);
  });

  it('so is a name that is given', async () => {
    const ports = testCache();
    const { name } = await record(ports, { kind: 'create', doctype: 'Meter', values: {} });
    expect(await takenName(ports.cache, 'Meter', name)).toBe('New Meter 1 (this device)');
    expect(await takenName(ports.cache, 'Meter', 'M-1')).toBeNull();
  });
});
