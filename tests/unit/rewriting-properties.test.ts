import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryName } from '@shared/erp/temporary-name';
import { rewriteNames, temporaryNamesIn } from '@shared/sync/rewrite-names';
import { matchRows } from '@shared/sync/match-rows';
import { orderType } from '../support/arbitrary-document';

const temporary = fc.uuid().map(temporaryName);
const tree = (names: string[]) =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.constantFrom(...names),
      fc.array(tie('value')),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...names)), tie('value')),
    ),
  })).value;
const scene = fc
  .uniqueArray(temporary, { minLength: 1, maxLength: 4 })
  .chain((names) => fc.record({ names: fc.constant(names), value: tree(names) }));

describe('rewriting names', () => {
  it('leaves no temporary name behind, as a value or as a key', () => {
    fc.assert(
      fc.property(scene, ({ names, value }) => {
        const rewritten = rewriteNames(value, new Map(names.map((name, position) => [name, `REAL-${position}`])));
        expect(temporaryNamesIn(rewritten).size).toBe(0);
      }),
    );
  });

  it('is harmless when it is done again', () => {
    fc.assert(
      fc.property(scene, ({ names, value }) => {
        const map = new Map(names.map((name, position) => [name, `REAL-${position}`]));
        const once = rewriteNames(value, map);
        expect(rewriteNames(once, map)).toEqual(once);
      }),
    );
  });

  it('touches no text that only contains a name', () => {
    const name = temporaryName('0b7f6b1e-0000-4000-8000-000000000001');
    expect(rewriteNames({ note: `see ${name}` }, new Map([[name, 'X']]))).toEqual({ note: `see ${name}` });
  });
});

describe('rows of a create’s answer', () => {
  it('are found by place and Links, past rows that the server added', () => {
    const sent = {
      items: [
        { name: 'fb-new-1', item_code: 'A' },
        { name: 'fb-new-2', item_code: 'B' },
      ],
    };
    const answer = {
      doctype: 'Order',
      name: 'O',
      items: [
        { name: 'x', idx: 1, item_code: 'Z' },
        { name: 'y', idx: 2, item_code: 'A' },
        { name: 'z', idx: 3, item_code: 'B' },
      ],
    };
    expect([...matchRows(sent, answer, orderType)]).toEqual([
      ['fb-new-1', 'y'],
      ['fb-new-2', 'z'],
    ]);
  });
});
