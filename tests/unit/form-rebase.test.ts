import { describe, expect, it } from 'vitest';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { rebaseTyping } from '@shared/sync/rebase-typing';

const bundle: DocTypeBundle = {
  doctype: {
    name: 'Customer',
    modified: '2026-01-01 00:00:00.000000',
    fields: [
      { fieldname: 'website', fieldtype: 'Data' },
      { fieldname: 'customer_details', fieldtype: 'Text' },
    ],
    permissions: [],
  },
  children: [],
};
const its = { doctype: 'Customer', name: 'Acme' };
const from = { ...its, website: 'old' };

describe('typing over a document that moves on below it', () => {
  it('ends when what was typed is what the device now holds, as after a save', () => {
    const now = { ...its, website: 'typed', modified: 'later' };
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, now);
    expect(rebased).toEqual({ values: now, both: [], changed: false });
    expect(rebased.values).toBe(now);
  });

  it('is kept on top of a change to another field, and says that the form changed', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, { ...its, website: 'old', customer_details: 'theirs' });
    expect(rebased.values).toEqual({ ...its, website: 'typed', customer_details: 'theirs' });
    expect(rebased).toMatchObject({ both: [], changed: true });
  });

  it('names a field that both sides changed', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, { ...its, website: 'theirs' });
    expect(rebased.values).toEqual({ ...its, website: 'typed' });
    expect(rebased.both).toEqual(['website']);
  });

  it('goes on quietly when only an earlier part of it was saved', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed', customer_details: 'more' }, { ...its, website: 'typed' });
    expect(rebased.values).toEqual({ ...its, website: 'typed', customer_details: 'more' });
    expect(rebased).toMatchObject({ both: [], changed: false });
  });

  it('stays with its row where the server has named that row meanwhile', () => {
    const row = { name: 'fb-new-1', idx: 1, item_code: 'LAMP', qty: 1 };
    const lamps = (name: string, qty: number) => ({ ...its, items: [{ ...row, name, qty }] });
    const rebased = rebaseTyping(bundle, lamps('fb-new-1', 1), lamps('fb-new-1', 5), lamps('a1b2c3', 1));
    expect(rebased.values).toEqual(lamps('a1b2c3', 5));
    expect(rebased).toMatchObject({ both: [], changed: false });
  });

  it('names a table where both sides changed the same cell', () => {
    const row = { name: 'a1b2c3', idx: 1, item_code: 'LAMP' };
    const lamps = (qty: number) => ({ ...its, items: [{ ...row, qty }] });
    expect(rebaseTyping(bundle, lamps(1), lamps(5), lamps(7)).both).toEqual(['items']);
  });

  it('keeps the total that was computed on top of it until the server has another', () => {
    const totals: DocTypeBundle = {
      ...bundle,
      doctype: { ...bundle.doctype, fields: [...bundle.doctype.fields, { fieldname: 'total', fieldtype: 'Currency', read_only: 1 }] },
    };
    const over = (total: number) =>
      rebaseTyping(totals, { ...from, total: 40 }, { website: 'typed', total: 60 }, { ...from, customer_details: 'theirs', total }).values;
    expect(over(40)).toMatchObject({ website: 'typed', total: 60 });
    expect(over(50)).toMatchObject({ website: 'typed', total: 50 });
  });
});
