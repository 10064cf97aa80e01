import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import { applyChanges, diffDocuments, hasChanges } from '@shared/sync/changes';
import { fieldsOf } from '@shared/sync/document-fields';
import { differs, mergeDocuments } from '@shared/sync/merge';
import { resolveClashes } from '@shared/sync/resolve-clashes';
import { editOf, order, orderType, versions } from '../support/arbitrary-document';

const fields = fieldsOf(orderType);
const same = (a: Parameters<typeof differs>[0], b: Parameters<typeof differs>[1]) => !differs(a, b, fields);

describe('changes between two versions of a document', () => {
  it('applied to the one give the other', () => {
    fc.assert(
      fc.property(
        order.chain((base) => fc.tuple(fc.constant(base), editOf(base, 'm'))),
        ([base, mine]) => {
          expect(same(applyChanges(base, diffDocuments(base, mine, orderType)), mine)).toBe(true);
        },
      ),
    );
  });

  it('are none between a document and itself', () => {
    fc.assert(fc.property(order, (doc) => !hasChanges(diffDocuments(doc, { ...doc }, orderType))));
  });

  it('applied twice are applied once', () => {
    fc.assert(
      fc.property(
        order.chain((base) => fc.tuple(fc.constant(base), editOf(base, 'm'))),
        ([base, mine]) => {
          const changes = diffDocuments(base, mine, orderType);
          const once = applyChanges(base, changes);
          expect(same(applyChanges(once, changes), once)).toBe(true);
        },
      ),
    );
  });
});

/** Whether the rows that both have stand in the same order. */
function commonOrder(one: Doc, other: Doc, table: string): boolean {
  const [names, others] = [rowsOf(one, table), rowsOf(other, table)].map((rows) => rows.map(({ name }) => name));
  return names?.filter((name) => others?.includes(name)).join() === others?.filter((name) => names?.includes(name)).join();
}

describe('the merge', () => {
  it('takes theirs where nothing was changed here, and mine where nothing was changed there', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const nothingHere = mergeDocuments({ base, mine: base, theirs }, orderType);
        expect(nothingHere.clashes).toEqual([]);
        expect(hasChanges(nothingHere.changes)).toBe(false);
        expect(same(nothingHere.doc, theirs)).toBe(true);
        const nothingThere = mergeDocuments({ base, mine, theirs: base }, orderType);
        expect(nothingThere.clashes).toEqual([]);
        expect(same(nothingThere.doc, mine)).toBe(true);
      }),
    );
  });

  it('asks nobody where both sides did the same', () => {
    fc.assert(
      fc.property(
        order.chain((base) => fc.tuple(fc.constant(base), editOf(base, 'm'))),
        ([base, mine]) => {
          const merged = mergeDocuments({ base, mine, theirs: mine }, orderType);
          expect(merged.clashes).toEqual([]);
          expect(hasChanges(merged.changes)).toBe(false);
        },
      ),
    );
  });

  it('leaves no more to do once its result is on the server', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const merged = mergeDocuments({ base, mine, theirs }, orderType);
        const again = mergeDocuments({ base: theirs, mine: merged.doc, theirs: merged.doc }, orderType);
        expect(again.clashes).toEqual([]);
        expect(hasChanges(again.changes)).toBe(false);
      }),
    );
  });

  it('gives the same from either side where the edits do not meet', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const here = mergeDocuments({ base, mine, theirs }, orderType);
        const there = mergeDocuments({ base, mine: theirs, theirs: mine }, orderType);
        expect(here.clashes.length > 0).toBe(there.clashes.length > 0);
        fc.pre(here.clashes.length === 0);
        const sorted = (doc: typeof base) => ({
          ...doc,
          items: [...(Array.isArray(doc['items']) ? doc['items'] : [])].sort((a, b) => (a.name < b.name ? -1 : 1)),
        });
        expect(same(sorted(here.doc), sorted(there.doc))).toBe(true);
      }),
    );
  });

  it('overwrites nothing that was changed there unless a person chose so', () => {
    fc.assert(
      fc.property(versions, ({ base, mine, theirs }) => {
        const changedThere = diffDocuments(base, theirs, orderType).fields;
        const { doc } = mergeDocuments({ base, mine, theirs }, orderType);
        for (const fieldname of Object.keys(changedThere)) expect(doc[fieldname] ?? null).toEqual(theirs[fieldname] ?? null);
      }),
    );
  });

  it('becomes mine or theirs in every clash that a person decides', () => {
    fc.assert(
      fc.property(versions, fc.constantFrom('mine' as const, 'theirs' as const), ({ base, mine, theirs }, take) => {
        const { clashes } = mergeDocuments({ base, mine, theirs }, orderType);
        const resolved = resolveClashes(
          { base, mine, theirs },
          clashes.map(({ path }) => ({ path, take })),
          orderType,
        );
        expect(resolved.clashes).toEqual([]);
        for (const { path, row, ...clash } of clashes.filter(({ path: at }) => !('table' in at))) {
          if (row === 'order') expect(commonOrder(resolved.doc, { mine, theirs }[take], path.fieldname)).toBe(true);
          else expect(resolved.doc[path.fieldname] ?? null).toEqual(clash[take] ?? null);
        }
      }),
    );
  });
});

describe('a submitted document', () => {
  it('is never merged on its own once anything differs there', () => {
    const base = { doctype: 'Order', name: 'O-1', docstatus: 1, title: 'a', customer: 'Acme', items: [] };
    const mine = { ...base, title: 'b' };
    const merged = mergeDocuments({ base, mine, theirs: { ...base, customer: 'Bolt' } }, orderType);
    expect(merged.clashes).toEqual([{ path: { fieldname: 'title' }, base: 'a', mine: 'b', theirs: 'a' }]);
    expect(mergeDocuments({ base, mine, theirs: { ...base, modified: 'later' } }, orderType).clashes).toEqual([]);
  });
});
