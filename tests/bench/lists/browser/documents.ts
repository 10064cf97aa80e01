import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';

/** DocTypes of a mixed cache, with how many of a hundred documents are of each and how many rows those have. */
const kinds = [
  { doctype: 'Sales Order', share: 40, rows: 4 },
  { doctype: 'Sales Invoice', share: 20, rows: 4 },
  { doctype: 'Customer', share: 15, rows: 0 },
  { doctype: 'Item', share: 15, rows: 1 },
  { doctype: 'Payment Entry', share: 10, rows: 2 },
];

/** The one whose lists are measured: the largest. */
export const subject = 'Sales Order';
/** Documents with a hundred rows. */
export const longest = { doctype: subject, count: 20, name: (number: number): string => `${subject}-LONG-${number}` };

export const statuses = ['Draft', 'To Deliver and Bill', 'To Bill', 'To Deliver', 'Completed', 'Cancelled', 'Closed', 'On Hold'];

const syllables =
  'ba ben bro da del dor fa fen fra ga gil gra ha hol ka ker kla la lin lor ma mer mo na nor pa pel ra ros sa sten ta tor va ven wa zin'.split(
    ' ',
  );

/** A number in [0, below) that follows from another: the same documents each time. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const vocabulary = ((): string[] => {
  const next = sequence(7);
  return Array.from({ length: 20_000 }, () => Array.from({ length: 2 + next(3) }, () => syllables[next(syllables.length)]).join(''));
})();

/** Each word's frequency falls with its place, as in a language. */
const wordOf = (next: (below: number) => number): string => vocabulary[Math.floor((next(10_000) / 10_000) ** 3 * vocabulary.length)] ?? '';

const field = (fieldname: string, fieldtype: string, more: Partial<DocField> = {}): DocField => ({
  fieldname,
  fieldtype,
  label: fieldname,
  ...more,
});

function metaOf(doctype: string): DocTypeBundle {
  const child: DocType = {
    name: `${doctype} Item`,
    modified: '',
    istable: 1,
    permissions: [],
    fields: [field('item_code', 'Link', { in_list_view: 1 }), field('item_name', 'Data', { in_global_search: 1 }), field('qty', 'Float')],
  };
  const own: DocType = {
    name: doctype,
    modified: '',
    title_field: 'title',
    search_fields: 'status,territory',
    permissions: [],
    fields: [
      field('title', 'Data', { in_global_search: 1 }),
      field('status', 'Select', { in_list_view: 1 }),
      field('territory', 'Link'),
      field('grand_total', 'Currency', { in_list_view: 1 }),
      field('items', 'Table', { options: child.name }),
    ],
  };
  return { doctype: own, children: [child] };
}

export const metadata = (): DocTypeBundle[] => kinds.map(({ doctype }) => metaOf(doctype));

/** So many documents of all kinds, mixed, in parts of 500. Each is about 2 kB. */
export function* mixedDocuments(count: number): Iterable<Doc[]> {
  const next = sequence(1);
  const bag = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  let part: Doc[] = [];
  for (let number = 0; number < count; number += 1) {
    const kind = bag[(number * 37) % bag.length] ?? bag[0];
    if (kind === undefined) return;
    part.push(
      number < longest.count
        ? documentOf(subject, longest.name(number), 100, number, next)
        : documentOf(kind.doctype, `${kind.doctype}-${String(number).padStart(6, '0')}`, kind.rows, number, next),
    );
    if (part.length === 500 || number === count - 1) {
      yield part;
      part = [];
    }
  }
}

function documentOf(doctype: string, name: string, rows: number, number: number, next: (below: number) => number): Doc {
  const modified = `${new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString().slice(0, 19).replace('T', ' ')}.000001`;
  const title = `${wordOf(next)} ${wordOf(next)} ${wordOf(next)}`;
  return {
    doctype,
    name,
    modified,
    creation: modified,
    owner: 'office@example.com',
    modified_by: 'office@example.com',
    docstatus: next(2),
    title,
    status: statuses[next(statuses.length)] ?? '',
    territory: wordOf(next),
    grand_total: next(10_000_000) / 100,
    remarks: Array.from({ length: 120 - rows * 15 > 0 ? 120 - rows * 15 : 20 }, () => wordOf(next)).join(' '),
    items: Array.from({ length: rows }, (_, row) => ({
      name: `${number}-${row}`,
      idx: row + 1,
      item_code: wordOf(next).toUpperCase(),
      item_name: `${wordOf(next)} ${wordOf(next)}`,
      qty: 1 + next(50),
      rate: next(100_000) / 100,
      uom: 'Nos',
      warehouse: 'Stores',
    })),
  };
}
