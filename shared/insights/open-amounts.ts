import type Big from 'big.js';
import type { DocumentValues } from '../erp/document';
import { docstatus, valueOf } from '../erp/document';
import { amount } from '../erp/money';
import type { OpenPreset } from './presets';

/**
 * What is open in one currency at one company: returns, which are negative, count as they are. `overdue` is what should have
 * been paid before today, of `late` documents; `oldestDue` (`YYYY-MM-DD`) is the first day that any was or is due.
 */
export type OpenSum = {
  company: string;
  currency: string;
  total: number;
  count: number;
  overdue: number;
  late: number;
  oldestDue: string | null;
};

/** `today`: the site's date. `currencyOf`: of a company, for a document that names no currency. */
export type OpenAsk = { today: string; currencyOf: (company: string) => string };

/**
 * What is open on submitted documents, never across currencies or companies, the largest sum first. A document is due as a
 * whole on its due date, which ERPNext sets to the last of its payment schedule.
 */
export function openSums(docs: readonly DocumentValues[], preset: OpenPreset, { today, currencyOf }: OpenAsk): OpenSum[] {
  const sums = new Map<string, Omit<OpenSum, 'total' | 'overdue'> & { total: Big; overdue: Big }>();
  for (const doc of docs) {
    const open = amount(valueOf(doc, preset.amount));
    if (Number(valueOf(doc, 'docstatus') ?? 0) !== docstatus.submitted || open.eq(0)) continue;
    const company = text(doc, preset.company);
    const currency = text(doc, preset.currency) || currencyOf(company);
    const key = JSON.stringify([company, currency]);
    const before = sums.get(key) ?? { company, currency, total: amount(0), count: 0, overdue: amount(0), late: 0, oldestDue: null };
    const due = text(doc, preset.due);
    // What the company owes back is not late for the other side.
    const owed = open.gt(0);
    const late = owed && due !== '' && due < today;
    sums.set(key, {
      ...before,
      total: before.total.plus(open),
      count: before.count + 1,
      overdue: late ? before.overdue.plus(open) : before.overdue,
      late: before.late + (late ? 1 : 0),
      oldestDue: owed && due !== '' && (before.oldestDue === null || due < before.oldestDue) ? due : before.oldestDue,
    });
  }
  return [...sums.values()]
    .sort((one, other) => other.total.cmp(one.total))
    .map((sum) => ({ ...sum, total: sum.total.toNumber(), overdue: sum.overdue.toNumber() }));
}

const text = (doc: DocumentValues, fieldname: string): string => String(valueOf(doc, fieldname) ?? '');
