import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { diffDocuments, hasChanges } from '@shared/sync/changes';
import { planEdit, replay } from '@shared/sync/collapse';
import { fieldsOf } from '@shared/sync/document-fields';
import { isOpen } from '@shared/sync/entry-state';
import { differs } from '@shared/sync/merge';
import type { EntryState, Operation, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { editOf, order, orderType } from '../support/arbitrary-document';

const fields = fieldsOf(orderType);
const same = (a: Doc, b: Doc): boolean => !differs(a, b, fields);

const entryOf = (seq: number, operation: Operation, state: EntryState = { at: 'queued' }): OutboxEntry => ({
  id: `e${seq}`,
  seq,
  revision: 1,
  doctype: 'Order',
  name: 'O-1',
  operation,
  modified: null,
  marker: null,
  state,
  attempts: 0,
  createdAt: 0,
  lastError: null,
});

/** A document of this device and its entries, as saves leave them. */
type Work = { base: Doc | null; current: Doc; entries: OutboxEntry[] };

function save(work: Work, mine: Doc): Work {
  const { entries } = work;
  const plan = planEdit({ ...work, mine }, orderType);
  switch (plan.do) {
    case 'nothing':
      return work;
    case 'blocked':
      throw new Error('nothing ends the editing here');
    case 'put':
      return { ...work, current: mine, entries: entries.map((entry) => (entry.id === plan.entry.id ? plan.entry : entry)) };
    case 'drop':
      return { ...work, current: mine, entries: entries.filter(({ id }) => id !== plan.entry.id) };
    case 'append': {
      const seq = 1 + Math.max(0, ...entries.map((entry) => entry.seq));
      return { ...work, current: mine, entries: [...entries, entryOf(seq, { kind: 'update', changes: plan.changes })] };
    }
  }
}

/** A document and what was saved over it one after another; now and then as it was before, or at the very beginning. */
const saves = order.chain((base) => fc.tuple(fc.constant(base), versionsAfter(base, base, 5)));

function versionsAfter(base: Doc, current: Doc, left: number): fc.Arbitrary<Doc[]> {
  if (left === 0) return fc.constant([]);
  const next = fc.oneof({ weight: 4, arbitrary: editOf(current, `m${left}`) }, fc.constant(current), fc.constant(base));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<Doc[]>([]) },
    { weight: 6, arbitrary: next.chain((doc) => versionsAfter(base, doc, left - 1).map((rest) => [doc, ...rest])) },
  );
}

const underWay: EntryState[] = [
  { at: 'sending', since: 0, baseline: null },
  { at: 'uncertain', since: 0, baseline: null },
];

describe('edits saved one after another', () => {
  it('become one entry that sends the last state, and none where nothing is left to send', () => {
    fc.assert(
      fc.property(saves, ([base, versions]) => {
        const { entries, current } = versions.reduce<Work>(save, { base, current: base, entries: [] });
        const last = versions.at(-1) ?? base;
        expect(same(current, last)).toBe(true);
        expect(entries).toHaveLength(hasChanges(diffDocuments(base, last, orderType)) ? 1 : 0);
        expect(same(replay(base, entries), last)).toBe(true);
      }),
    );
  });

  it('on a document made here go into its create, which sends the last state', () => {
    fc.assert(
      fc.property(saves, ([made, versions]) => {
        const create = entryOf(1, { kind: 'create', values: made });
        const { entries } = versions.reduce<Work>(save, { base: null, current: made, entries: [create] });
        expect(entries.map(({ id, operation }) => [id, operation.kind])).toEqual([['e1', 'create']]);
        expect(same(replay({ doctype: 'Order', name: 'O-1', docstatus: 0 }, entries), versions.at(-1) ?? made)).toBe(true);
      }),
    );
  });

  it('leave alone what is on its way, whenever it went, and follow it in order, so that all together lead to the last state', () => {
    const departures = fc.array(fc.option(fc.constantFrom(...underWay)), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(saves, fc.boolean(), departures, ([base, versions], madeHere, leaves) => {
        const start: Work = madeHere
          ? { base: null, current: base, entries: [entryOf(1, { kind: 'create', values: base })] }
          : { base, current: base, entries: [] };
        const origin: Doc = madeHere ? { doctype: 'Order', name: 'O-1', docstatus: 0 } : base;
        const frozen = new Map<string, OutboxEntry>();
        let work = start;
        versions.forEach((version, step) => {
          const state = leaves[step];
          if (state != null) work = { ...work, entries: work.entries.map((entry) => (isOpen(entry) ? { ...entry, state } : entry)) };
          for (const entry of work.entries) if (!isOpen(entry)) frozen.set(entry.id, structuredClone(entry));
          work = save(work, version);
          expect(work.entries.filter((entry) => !isOpen(entry))).toEqual([...frozen.values()]);
          const open = work.entries.filter(isOpen);
          expect(open.length).toBeLessThanOrEqual(1);
          if (open[0] !== undefined) expect(work.entries.at(-1)).toBe(open[0]);
          const sent = work.entries.filter((entry) => !isOpen(entry));
          const nothingLeft = !hasChanges(diffDocuments(replay(origin, sent), version, orderType));
          if (sent.length > 0) expect(open.length === 0).toBe(nothingLeft);
          expect(same(replay(origin, work.entries), version)).toBe(true);
        });
      }),
    );
  });
});

describe('an edit of a parked change', () => {
  const refused: Problem = { kind: 'refused', code: 'refused', message: 'no', serverMessages: [], fields: [] };
  const missing: Problem = { kind: 'missing', how: 'hidden' };

  it('has it tried again, unless a person has to say first what became of its document', () => {
    fc.assert(
      fc.property(saves, fc.constantFrom(refused, missing), ([base, versions], problem) => {
        const [first, ...rest] = versions;
        fc.pre(first !== undefined && rest.length > 0);
        const begun = save({ base, current: base, entries: [] }, first ?? base);
        const parked: EntryState = { at: 'parked', since: 0, problem };
        const work = { ...begun, entries: begun.entries.map((entry) => ({ ...entry, state: parked, attempts: 3 })) };
        const before = work.entries[0];
        const after = save(work, rest[0] ?? base).entries[0];
        fc.pre(before !== undefined && after !== undefined && after.revision > before.revision);
        expect(after?.state).toEqual(problem === refused ? { at: 'queued' } : parked);
        expect(after?.attempts).toBe(0);
      }),
    );
  });

  it('leaves a create as it was sent while nobody knows whether it is there', () => {
    const parked: EntryState = { at: 'parked', since: 0, problem: { kind: 'may-exist', candidates: [] } };
    fc.assert(
      fc.property(saves, ([base, versions]) => {
        const [first, second] = versions;
        fc.pre(first !== undefined && second !== undefined);
        const begun = save({ base, current: base, entries: [] }, first ?? base);
        const [entry] = begun.entries.map((each) => ({ ...each, state: parked }));
        fc.pre(entry !== undefined);
        const work = save({ ...begun, entries: entry === undefined ? [] : [entry] }, second ?? base);
        expect(work.entries[0]).toBe(entry);
        expect(work.entries.length > 1).toBe(hasChanges(diffDocuments(begun.current, second ?? base, orderType)));
      }),
    );
  });
});

describe('an edit after what ends the editing', () => {
  const ends: Operation[] = [
    { kind: 'submit', seen: {} },
    { kind: 'cancel' },
    { kind: 'delete' },
    { kind: 'workflow', action: 'Approve', stateField: 'state', fromState: 'a', toState: 'b' },
  ];
  const others: Operation[] = [
    { kind: 'comment', content: 'x' },
    { kind: 'attach', attachment: 'a' },
  ];

  it('is blocked by it, whatever else waits; a comment or a file blocks nothing', () => {
    const waiting = fc.shuffledSubarray([...ends, ...others]);
    fc.assert(
      fc.property(saves, waiting, ([base, versions], operations) => {
        const mine = versions.at(-1) ?? base;
        fc.pre(hasChanges(diffDocuments(base, mine, orderType)));
        const entries = operations.map((operation, position) => entryOf(position + 1, operation));
        const plan = planEdit({ current: base, base, mine, entries }, orderType);
        const first = entries.find(({ operation }) => ends.includes(operation));
        expect(plan).toEqual(
          first === undefined ? { do: 'append', changes: diffDocuments(base, mine, orderType) } : { do: 'blocked', by: first },
        );
      }),
    );
  });
});
