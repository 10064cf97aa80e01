import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { ChildRow } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { detailValues, itemQuestion } from '@shared/form/item-details';
import { precisionOf } from '@shared/form/precision';
import type { Wanted } from './document-rows';
import type { Filled } from './filled';
import { useProblems } from './problems';
import { useSession } from './session';

/** Milliseconds that the server's answer is worth waiting for; what comes later is left to its word on saving. */
const patience = 2_000;
/** Milliseconds of rest before a row is asked about: an exchange rate is typed digit by digit. */
const rest = 250;
/** A long list that was pasted is priced from the cache: the server reckons it all when it is saved. */
const mostRows = 10;

/** Asks the server what a row's item brings (`get_item_details`), where it can be reached. Nobody waits for it. */
export function useItemDetails({ bundle, session, values, version, writeRows, compute }: Filled) {
  const accounts = useSession();
  const problems = useProblems();

  const asking = new Map<string, symbol>();

  function ask(table: DocField, child: DocType, wanted: Wanted, keeps: (row: ChildRow, fieldname: string) => boolean): void {
    const online = accounts.workspace?.sync.state().connectivity.kind === 'online';
    if (!online || wanted.size > mostRows) return;
    for (const row of rowsOf(values.value, table.fieldname)) if (wanted.has(row.name)) void askRow(table, child, wanted, row.name, keeps);
  }

  const rowOf = (table: DocField, name: string): ChildRow | undefined =>
    rowsOf(values.value, table.fieldname).find((row) => row.name === name);

  async function askRow(
    table: DocField,
    child: DocType,
    wanted: Wanted,
    name: string,
    keeps: (row: ChildRow, fieldname: string) => boolean,
  ): Promise<void> {
    const turn = Symbol(name);
    asking.set(name, turn);
    await new Promise((rested) => setTimeout(rested, rest));
    if (asking.get(name) !== turn) return;
    asking.delete(name);
    const [doctype, row, cause] = [bundle.value?.doctype, rowOf(table, name), wanted.get(name)?.cause];
    if (doctype === undefined || row === undefined || cause === undefined || accounts.account === null) return;
    const question = itemQuestion(cause, doctype, values.value, row, session.value.today);
    if (question === null) return;
    // How many of it there are changes the price of few items: an answer about another number is still the better one.
    const about = (each: ChildRow): string =>
      JSON.stringify({ ...itemQuestion(cause, doctype, values.value, each, session.value.today), qty: 0 });
    const [asked, begun] = [about(row), version()];
    try {
      const details = await accounts.bridge.erp.itemDetails(
        { account: accounts.account.id, priority: 'interactive', question },
        { signal: AbortSignal.timeout(patience) },
      );
      const now = rowOf(table, name);
      // Saved, or about something else by now.
      if (now === undefined || version() !== begun || about(now) !== asked) return;
      const decimals = (fieldname: string): number =>
        precisionOf(child.fields.find((each) => each.fieldname === fieldname) ?? { fieldname, fieldtype: 'Currency' }, session.value);
      const brought = detailValues(cause, now, details, { child, decimals }, (fieldname) => keeps(now, fieldname));
      if (Object.keys(brought).length === 0) return;
      writeRows(
        table,
        rowsOf(values.value, table.fieldname).map((each) => (each.name === name ? { ...each, ...brought } : each)),
      );
      compute();
    } catch (error) {
      // Too slow, refused or cut off: the cache's word stands until the server speaks on saving. Defects are told.
      if (AppError.from(error).code === 'internal') problems.report(error);
    }
  }

  return { ask };
}
