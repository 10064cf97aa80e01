import { rowsOf } from '../../../shared/erp/document';
import type { ChildRow, Doc, FieldValue } from '../../../shared/erp/document';
import { addDays } from '../../../shared/erp/calendar';
import type { DemoSite } from '../../../electron/demo/site';
import type { DocumentScreen } from '../screens/document';

export const colleague = 'office@example.com';

/** What the documents of the test are made of. */
export type Cast = {
  site: DemoSite;
  company: string;
  customer: string;
  supplier: string;
  /** Items of which the stores have plenty. */
  goods: [string, string];
  /** An item that nobody may order any more by the end of the day. */
  discontinued: string;
  stores: string;
  van: string;
  /** `YYYY-MM-DD` */
  today: string;
  later: string;
};

/** What `expect(document).toMatchObject` is to find. */
export type Expected = { [fieldname: string]: FieldValue | { [fieldname: string]: FieldValue }[] };

/** What a person does with one DocType in a day, and what the server must hold of it in the end. */
export type DocTypeCase = {
  doctype: string;
  /** A document as a colleague left it: a draft, where the DocType is submittable. */
  existing(cast: Cast): Doc;
  /** Typed into it, offline. */
  edit(form: DocumentScreen): Promise<void>;
  /** What the colleague changes in it meanwhile. */
  meanwhile(doc: Doc): { [fieldname: string]: FieldValue | ChildRow[] };
  /** Both, as the server must hold them. */
  edited: Expected;
  /** Fills in a new document, offline. */
  make(form: DocumentScreen, cast: Cast): Promise<void>;
  made(cast: Cast): Expected;
  /** What is submitted offline: the new document, another draft of the colleague's, or nothing. */
  submits: 'made' | 'draft' | 'nothing';
};

/** The rows with cells of one of them changed, whole: a table is sent as it is to be. */
const withCells = (rows: readonly ChildRow[], index: number, cells: { [fieldname: string]: FieldValue }): ChildRow[] =>
  rows.map((row, at) => (at === index ? { ...row, ...cells } : row));

export const changedRow = (doc: Doc, table: string, index: number, cells: { [fieldname: string]: FieldValue }) => ({
  [table]: withCells(rowsOf(doc, table), index, cells),
});

export function chooseCast(site: DemoSite): Cast {
  const company = site.documents('Company')[0]?.name ?? '';
  const named = (doctype: string, start: string): string => site.documents(doctype).find(({ name }) => name.startsWith(start))?.name ?? '';
  const stores = named('Warehouse', 'Stores');
  const [first, second, discontinued] = site
    .documents('Bin')
    .filter((bin) => bin['warehouse'] === stores && Number(bin['actual_qty']) > 100)
    .map((bin) => String(bin['item_code']))
    .filter((code) => site.document('Item', code)?.['disabled'] !== 1);
  const [customer, supplier] = [site.documents('Customer')[0]?.name, site.documents('Supplier')[0]?.name];
  if (!first || !second || !discontinued || !customer || !supplier)
    throw new Error('The company of this seed is too small for the ten DocTypes.');
  const today = site.clock.date();
  return {
    site,
    company,
    customer,
    supplier,
    goods: [first, second],
    discontinued,
    stores,
    van: named('Warehouse', 'Van 1'),
    today,
    later: addDays(today, 21),
  };
}
