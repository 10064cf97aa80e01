import { describe, expect, it } from 'vitest';
import { rebaseTyping } from '../../renderer/stores/document-rebase';
import type { DocTypeBundle } from '@shared/erp/doctype';

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
const from = { website: 'old' };

describe('typing over a document that moves on below it', () => {
  it('ends when what was typed is what the device now holds, as after a save', () => {
    const now = { website: 'typed', modified: 'later' };
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, now);
    expect(rebased).toEqual({ values: now, both: [], changed: false });
    expect(rebased.values).toBe(now);
  });

  it('is kept on top of a change to another field, and says that the form changed', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, { website: 'old', customer_details: 'theirs' });
    expect(rebased.values).toEqual({ website: 'typed', customer_details: 'theirs' });
    expect(rebased).toMatchObject({ both: [], changed: true });
  });

  it('names a field that both sides changed', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed' }, { website: 'theirs' });
    expect(rebased.values).toEqual({ website: 'typed' });
    expect(rebased.both).toEqual(['website']);
  });

  it('goes on quietly when only an earlier part of it was saved', () => {
    const rebased = rebaseTyping(bundle, from, { website: 'typed', customer_details: 'more' }, { website: 'typed' });
    expect(rebased.values).toEqual({ website: 'typed', customer_details: 'more' });
    expect(rebased).toMatchObject({ both: [], changed: false });
  });
});
