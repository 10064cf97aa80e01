import type { DocType } from '@shared/erp/doctype';

export type TreeNode = { name: string; title: string; parent: string | null };

/** A line of a tree as it stands open; `place` and `of` count among its siblings, from 1. */
export type TreeLine = { name: string; title: string; depth: number; open: boolean | null; place: number; of: number };

/** The field by which a DocType's documents hang together: its own Link to itself, as Frappe names it. Null for no tree. */
export function parentField({ name, is_tree: isTree, fields }: DocType): string | null {
  if (isTree !== 1) return null;
  const own = fields.filter(
    ({ fieldtype, options, fieldname }) => fieldtype === 'Link' && options === name && fieldname.startsWith('parent'),
  );
  return own[0]?.fieldname ?? null;
}

/**
 * The lines to show, from the top. A document whose parent is not here stands at the top, and so does one of a ring of
 * documents that are each other's parents: nothing is left out. `open` of a line is null where it has none below it.
 */
export function treeLines(nodes: readonly TreeNode[], opened: ReadonlySet<string>): TreeLine[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const below = new Map<string | null, TreeNode[]>();
  function hang(parent: string | null, node: TreeNode): void {
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [node]);
    else siblings.push(node);
  }
  for (const node of nodes) hang(node.parent !== null && node.parent !== node.name && byName.has(node.parent) ? node.parent : null, node);
  const reached = new Set<string>();
  const reach = (node: TreeNode): void => {
    if (reached.has(node.name)) return;
    reached.add(node.name);
    below.get(node.name)?.forEach(reach);
  };
  below.get(null)?.forEach(reach);
  for (const node of nodes) {
    if (reached.has(node.name)) continue;
    // One of a ring: it is taken from under its parent.
    below.set(
      node.parent,
      (below.get(node.parent) ?? []).filter((each) => each !== node),
    );
    hang(null, node);
    reach(node);
  }
  const lines: TreeLine[] = [];
  const add = (siblings: readonly TreeNode[], depth: number): void => {
    siblings.forEach(({ name, title }, position) => {
      const children = below.get(name) ?? [];
      const open = children.length === 0 ? null : opened.has(name);
      lines.push({ name, title, depth, open, place: position + 1, of: siblings.length });
      if (open === true) add(children, depth + 1);
    });
  };
  add(below.get(null) ?? [], 1);
  return lines;
}
