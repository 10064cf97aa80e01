import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tableTypes } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import { parseProfileFile, profileFileText } from '@shared/profile/profile-file';
import { presetNames, presets } from '@shared/profile/presets';
import { ownDoctypes } from '../../electron/demo/metadata/own';

// Derived from the recorded metadata.
const recorded = JSON.parse(readFileSync('electron/demo/metadata/erpnext.json', 'utf8')) as DocType[];
const metadata = new Map([...recorded, ...ownDoctypes].map((doctype) => [doctype.name, doctype]));
const standard = new Set(['name', 'modified', 'creation', 'owner', 'docstatus']);

/** What a form of this DocType cannot do without. */
function mustLink(name: string): string[] {
  const doctype = metadata.get(name);
  if (doctype === undefined) return [];
  const tables = doctype.fields.filter(({ fieldtype, reqd }) => tableTypes.has(fieldtype) && reqd === 1).map(({ options = '' }) => options);
  return [doctype, ...tables.flatMap((table) => metadata.get(table) ?? [])]
    .flatMap(({ fields }) => fields)
    .filter(({ fieldtype, reqd, hidden, read_only }) => fieldtype === 'Link' && reqd === 1 && hidden !== 1 && read_only !== 1)
    .flatMap(({ options }) => (options ? [options] : []));
}

describe.each(presetNames)('the preset for %s', (name) => {
  const entries = presets[name];

  test('names fields that the DocTypes have, and none of a DocType that was not recorded', () => {
    for (const { doctype, filters, window } of entries) {
      const known = new Map((metadata.get(doctype)?.fields ?? []).map((field) => [field.fieldname, field]));
      for (const [fieldname] of filters) expect(known.has(fieldname) || standard.has(fieldname), `${doctype}.${fieldname}`).toBe(true);
      if (window == null) continue;
      expect(standard.has(window.field) || known.get(window.field)?.fieldtype === 'Date', `${doctype}.${window.field}`).toBe(true);
    }
  });

  test('filters by values that the fields can have', () => {
    for (const { doctype, filters } of entries)
      for (const [fieldname, , value] of filters) {
        const field = metadata.get(doctype)?.fields.find((one) => one.fieldname === fieldname);
        expect(field?.fieldtype, `${doctype}.${fieldname}`).toBe('Check');
        expect([0, 1]).toContain(value);
      }
  });

  test('keeps what its forms must link to', () => {
    const kept = new Set(entries.map(({ doctype }) => doctype));
    // The demo's DocType of DocTypes is in every client already.
    const lacking = entries.flatMap(({ doctype }) => mustLink(doctype).filter((link) => !kept.has(link) && link !== 'DocType'));
    expect([...new Set(lacking)]).toEqual([]);
  });

  test('names each DocType once, and can be written to a file and read back', () => {
    expect(new Set(entries.map(({ doctype }) => doctype)).size).toBe(entries.length);
    expect(parseProfileFile(profileFileText({ name, entries: [...entries], files: null })).entries).toEqual(entries);
  });
});
