import type { DocField } from '@shared/erp/docfield';
import { isTableField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { ChildRow, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { exchangeRate } from '@shared/form/exchange-rate';
import { isListRate, itemRowValues } from '@shared/form/item-row';
import type { Cause, RowSetting } from '@shared/form/item-row';
import { precisionOf } from '@shared/form/precision';
import { isInCurrency, rateValues, sideOf } from '@shared/form/price-currency';
import type { Anew } from '@shared/form/price-currency';
import { hasEarlierRow, isPriceDate, partyOf, priceDate, priceListOf } from '@shared/form/reprice';
import { useItemDetails } from './document-item-details';
import { useItems } from './document-items';
import type { ItemsHere } from './document-items';
import type { Filled } from './filled';
import type { TypedCells } from './typed-cells';

/** Rows to be filled, by name: why, and the moment of `TypedCells` from which on what was typed stands. */
export type Wanted = ReadonlyMap<string, { cause: Cause; since: number }>;

/** The moment of `TypedCells` from which on rates that were typed stand. */
type Since = { since: number };
/** Only empty rates are looked up. */
const later = { conversion: false, list: false, since: Infinity };

/** Fills the item rows of a document: from the cache at once, and from the server where it answers soon. */
export function useItemRows(filled: Filled, cells: TypedCells) {
  const { bundle, session, values, companyCurrency, write, writeRows, compute } = filled;
  const items = useItems();
  const details = useItemDetails(filled);

  /** What prices hang on, and the price list's currency; the exchange rates of the document are brought up to it. */
  async function settingOf(doctype: DocType, child: DocType, here: ItemsHere, anew: Anew & Since): Promise<RowSetting> {
    const asked = values.value;
    const side = sideOf(doctype);
    const on = priceDate(asked, session.value.today);
    const listCurrency = (await items.currencyOf(priceListOf(doctype, asked))) ?? here.currency;
    const own = companyCurrency.value;
    if (own !== null && isInCurrency(doctype)) {
      const exchanges = await items.exchangesTo(own);
      const worth = (from: string): number | null => exchangeRate(exchanges, { from, to: own, on, side: side ?? 'buying' });
      const rates = Object.entries(rateValues(doctype, values.value, { companyCurrency: own, listCurrency, worth }, anew));
      write(Object.fromEntries(rates.filter(([fieldname]) => !cells.typedAfter({ fieldname }, anew.since))));
    }
    const decimals = (fieldname: string): number => {
      const field = child.fields.find((each) => each.fieldname === fieldname);
      return precisionOf(field ?? { fieldname, fieldtype: 'Currency' }, session.value);
    };
    return { child, doctype, parent: values.value, side, party: partyOf(values.value), on, listCurrency, decimals };
  }

  /** Fills rows, all in one step. Read again where what prices hang on was changed meanwhile. */
  async function fill(table: DocField, child: DocType, wanted: Wanted, anew: Anew & Since = later): Promise<void> {
    const doctype = bundle.value?.doctype;
    if (doctype === undefined) return;
    const basis = (): string =>
      JSON.stringify([priceListOf(doctype, values.value), partyOf(values.value), priceDate(values.value, session.value.today)]);
    for (let before = ''; before !== basis();) {
      before = basis();
      const codes = rowsOf(values.value, table.fieldname).flatMap(({ name, item_code: code }) =>
        wanted.has(name) && typeof code === 'string' && code !== '' ? [code] : [],
      );
      const here = await items.itemsHere(new Set(codes), priceListOf(doctype, values.value));
      const setting = await settingOf(doctype, child, here, anew);
      if (before === basis()) put(table, { ...setting, parent: values.value }, here, wanted);
    }
    details.ask(table, child, wanted, (row, fieldname) => keeps(table, row, wanted, fieldname));
  }

  function put(table: DocField, setting: RowSetting, here: ItemsHere, wanted: Wanted): void {
    const before = rowsOf(values.value, table.fieldname);
    const rows = before.map((row) => {
      const ask = wanted.get(row.name);
      const facts = here.facts.get(String(row['item_code'] ?? ''));
      if (ask === undefined || facts === undefined) return row;
      // Nothing is known of it: what stands is the best there is.
      if (ask.cause === 'price' && (facts === null || !here.pricesHere)) return row;
      const brought = itemRowValues(ask.cause, row, facts, setting, (fieldname) => keeps(table, row, wanted, fieldname));
      return Object.keys(brought).length === 0 ? row : { ...row, ...brought };
    });
    if (rows.some((row, index) => row !== before[index])) writeRows(table, rows);
    compute();
  }

  /** Cells that the person gave: since what fills the row; a rate since its item was chosen, or one agreed on earlier. */
  function keeps(table: DocField, row: ChildRow, wanted: Wanted, fieldname: string): boolean {
    const ask = wanted.get(row.name);
    if (ask === undefined) return true;
    const at = (name: string) => ({ table: table.fieldname, row: row.name, fieldname: name });
    if (cells.typedAfter(at(fieldname), ask.since)) return true;
    if (fieldname !== 'rate' || ask.cause === 'item') return false;
    return cells.typedAfter(at('rate'), cells.before(at('item_code'))) || !isListRate(row);
  }

  /** After fields of the document were changed that prices or exchange rates hang on: the rows follow, unless a rate was typed or agreed on in an earlier document. */
  async function follow(changed: readonly string[], since: number): Promise<void> {
    const meta = bundle.value;
    if (meta === undefined) return;
    const dated = changed.some(isPriceDate);
    const typed = (fieldname: string): boolean => cells.typedAfter({ fieldname }, cells.before({ fieldname: 'currency' }));
    const anew = {
      conversion: changed.includes('currency') || (dated && !typed('conversion_rate')),
      list: (changed.includes('currency') || dated) && !typed('plc_conversion_rate'),
      since,
    };
    const priced = meta.doctype.fields.filter(isTableField).flatMap((table): [DocField, DocType][] => {
      const child = meta.children.find(({ name }) => name === table.options);
      const has = (fieldname: string): boolean => child?.fields.some((field) => field.fieldname === fieldname) ?? false;
      return child !== undefined && has('item_code') && has('price_list_rate') ? [[table, child]] : [];
    });
    for (const [table, child] of priced) {
      const open = rowsOf(values.value, table.fieldname).filter((row) => !hasEarlierRow(row));
      const wanted = new Map(open.map(({ name }) => [name, { cause: 'price' as const, since }]));
      await fill(table, child, wanted, anew);
    }
  }

  return { fill, follow };
}

/** What the person did to a row that fills others of its cells; null for what fills none. */
export function causeOf(given: Readonly<Record<string, FieldValue>>): Cause | null {
  const item = given['item_code'];
  if (typeof item === 'string' && item !== '') return 'item';
  if (given['uom'] !== undefined) return 'unit';
  return given['conversion_factor'] === undefined ? null : 'price';
}
