import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fieldtypes } from '../support/fieldtypes';

type Row = { name: string; verdict: string; why: string };

/** The rows of the table under a heading of the guide to forms. */
async function rowsUnder(heading: string): Promise<Row[]> {
  const text = await readFile(join(import.meta.dirname, '../../docs/forms.md'), 'utf8');
  const part = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  return [...part.matchAll(/^\| ([^|]+) \| (\w+) \| ?([^|]*)\|$/gm)].map(([, name = '', verdict = '', why = '']) => ({
    name: name.trim(),
    verdict,
    why: why.trim(),
  }));
}

it('the guide to forms tells of every fieldtype once', async () => {
  expect((await rowsUnder('Fieldtypes')).map(({ name }) => name).sort()).toEqual([...fieldtypes].sort());
});

it.each(['Fieldtypes', 'Behaviour'])('%s: what differs from the desk, or is absent, has its reason', async (heading) => {
  const rows = await rowsUnder(heading);
  expect(rows.length).toBeGreaterThan(15);
  for (const { name, verdict, why } of rows) {
    expect(['same', 'differs', 'absent'], name).toContain(verdict);
    if (verdict !== 'same') expect(why, name).not.toBe('');
  }
});
