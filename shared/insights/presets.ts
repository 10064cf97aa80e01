import type { DocType } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { docstatus, valueOf } from '../erp/document';
import type { Filter } from '../erp/filters';

/** How much there is of a document, place by place: each document of `source` tells of one place. */
export type StockPreset = {
  kind: 'stock';
  doctype: string;
  source: string;
  /** Field of `source` that names the document. */
  link: string;
  place: string;
  unit: string;
  actual: string;
  reserved: string;
  projected: string;
  /** A check of the document: without it, there is nothing to tell. */
  only: string;
};

/** What is open on the submitted documents of `source` that name a document. */
export type OpenPreset = {
  kind: 'open';
  doctype: string;
  source: string;
  link: string;
  amount: string;
  /** Field of `source` that names the currency of `amount`; where it is empty, the company's counts. */
  currency: string;
  company: string;
  due: string;
};

/** What a page tells of a document out of others. */
export type InsightPreset = StockPreset | OpenPreset;

const open = { amount: 'outstanding_amount', currency: 'party_account_currency', company: 'company', due: 'due_date' } as const;

/** Bin and the invoices of ERPNext 15, by their fields (documents/Bin.json, meta/Sales Invoice.json). */
const presets: readonly InsightPreset[] = [
  {
    kind: 'stock',
    doctype: 'Item',
    source: 'Bin',
    link: 'item_code',
    place: 'warehouse',
    unit: 'stock_uom',
    actual: 'actual_qty',
    reserved: 'reserved_qty',
    projected: 'projected_qty',
    only: 'is_stock_item',
  },
  { kind: 'open', doctype: 'Customer', source: 'Sales Invoice', link: 'customer', ...open },
  { kind: 'open', doctype: 'Supplier', source: 'Purchase Invoice', link: 'supplier', ...open },
];

/** What is told of documents of this DocType; null for most. */
export const presetOf = (doctype: string): InsightPreset | null => presets.find((preset) => preset.doctype === doctype) ?? null;

/** The fields of `source` that it reads. */
export const fieldsOf = (preset: InsightPreset): string[] =>
  preset.kind === 'stock'
    ? [preset.link, preset.place, preset.unit, preset.actual, preset.reserved, preset.projected]
    : [preset.link, preset.amount, preset.currency, preset.company, preset.due];

/** The DocType has all that it reads: another site may call DocTypes of its own the same. */
export function fits(preset: InsightPreset, { fields }: Pick<DocType, 'fields'>): boolean {
  const own = new Set(fields.map((field) => field.fieldname));
  return fieldsOf(preset).every((fieldname) => own.has(fieldname));
}

/** What the server is asked for: those documents of `source` that tell something of one of this name. */
export const questionOf = (preset: InsightPreset, name: string): { fields: string[]; filters: Filter[] } => ({
  fields: ['name', 'docstatus', ...fieldsOf(preset)],
  filters: [
    [preset.link, '=', name],
    ...(preset.kind === 'open'
      ? ([
          ['docstatus', '=', docstatus.submitted],
          [preset.amount, '!=', 0],
        ] satisfies Filter[])
      : []),
  ],
});

/** There may be something to tell of this document: no stock of what is not kept in stock. */
export const concerns = (preset: InsightPreset, values: DocumentValues): boolean =>
  preset.kind === 'open' || Number(valueOf(values, preset.only) ?? 0) === 1;
