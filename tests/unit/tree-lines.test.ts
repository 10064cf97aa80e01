import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocType } from '@shared/erp/doctype';
import { parentField, treeLines } from '../../renderer/views/list/tree-lines';

const group = (name: string, parent: string | null = null) => ({ name, title: name, parent });
const shown = (nodes: ReturnType<typeof group>[], opened: string[]) =>
  treeLines(nodes, new Set(opened)).map(
    ({ name, depth, open }) => `${'  '.repeat(depth - 1)}${open === null ? '' : open ? '-' : '+'}${name}`,
  );

describe('a tree', () => {
  const nodes = [group('All'), group('Lamps', 'All'), group('Desk lamps', 'Lamps'), group('Bells', 'All')];

  it('shows what hangs below what is open', () => {
    expect(shown(nodes, [])).toEqual(['+All']);
    expect(shown(nodes, ['All', 'Lamps'])).toEqual(['-All', '  -Lamps', '    Desk lamps', '  Bells']);
    expect(treeLines(nodes, new Set(['All']))[2]).toMatchObject({ name: 'Bells', place: 2, of: 2 });
  });

  it('has at its top what hangs on nothing that is here, and one of a ring', () => {
    expect(shown([group('Orphan', 'elsewhere'), group('Self', 'Self')], [])).toEqual(['Orphan', 'Self']);
    expect(shown([group('A', 'B'), group('B', 'C'), group('C', 'A')], ['A', 'B', 'C'])).toEqual(['-A', '  -C', '    B']);
  });

  it('has each document once when all is open, whatever hangs on what', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const parents = fc.array(fc.option(fc.constantFrom(...names, 'elsewhere')), { minLength: names.length, maxLength: names.length });
    fc.assert(
      fc.property(parents, (chosen) => {
        const all = names.map((name, position) => group(name, chosen[position] ?? null));
        expect(
          treeLines(all, new Set(names))
            .map(({ name }) => name)
            .sort(),
        ).toEqual(names);
      }),
    );
  });

  it('is of DocTypes whose documents name their parent', () => {
    const meta = (over: Partial<DocType>): DocType => ({
      name: 'Item Group',
      modified: '',
      permissions: [],
      fields: [
        { fieldname: 'old_parent', fieldtype: 'Link', options: 'Item Group' },
        { fieldname: 'parent_item_group', fieldtype: 'Link', options: 'Item Group' },
      ],
      ...over,
    });
    expect(parentField(meta({ is_tree: 1 }))).toBe('parent_item_group');
    expect(parentField(meta({}))).toBeNull();
    expect(parentField(meta({ is_tree: 1, fields: [] }))).toBeNull();
  });
});
