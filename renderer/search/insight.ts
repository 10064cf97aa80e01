import type { Doc, DocumentValues } from '@shared/erp/document';
import { valueOf } from '@shared/erp/document';
import { openSums } from '@shared/insights/open-amounts';
import type { OpenSum } from '@shared/insights/open-amounts';
import { fits, presetOf } from '@shared/insights/presets';
import type { InsightPreset, OpenPreset, StockPreset } from '@shared/insights/presets';
import { stockOf } from '@shared/insights/stock';
import type { Stock } from '@shared/insights/stock';
import { bodyHolds, decodeFields } from '../cache/body';
import { readDocType } from '../cache/doctypes';
import { eachDocument } from '../cache/each-document';
import type { Cache } from '../cache/open-cache';

/** What a page tells of a document out of others. */
export type Insight = { kind: 'stock'; preset: StockPreset; stock: Stock } | { kind: 'open'; preset: OpenPreset; sums: OpenSum[] };

/** `today`: the site's date, `YYYY-MM-DD`. */
export type InsightAsked = { doctype: string; name: string; today: string };

/**
 * What the documents of this device tell of one, in the server's versions: what is unsent counts nowhere yet. Null where
 * nothing is told of this DocType, or the site's own of that name is another. Reads every document of the source.
 */
export async function insightHere(cache: Cache, { doctype, name, today }: InsightAsked): Promise<Insight | null> {
  const preset = presetOf(doctype);
  const source = preset === null ? undefined : await readDocType(cache, preset.source);
  if (preset === null || source === undefined || !fits(preset, source.doctype)) return null;
  const written = JSON.stringify(name);
  const docs: Doc[] = [];
  await eachDocument(cache, preset.source, (row) => {
    const body = row.base ?? row.body;
    // A cheap look before the expensive one.
    if (!bodyHolds(body, written)) return;
    const doc = decodeFields(row, body);
    if (valueOf(doc, preset.link) === name) docs.push(doc);
  });
  return insightOf(cache, preset, docs, today);
}

/** What these documents of the source tell, all of which name one document. */
export async function insightOf(cache: Cache, preset: InsightPreset, docs: readonly DocumentValues[], today: string): Promise<Insight> {
  if (preset.kind === 'stock') return { kind: 'stock', preset, stock: stockOf(docs, preset) };
  const currencies = await currenciesOf(
    cache,
    docs.map((doc) => String(valueOf(doc, preset.company) ?? '')),
  );
  return { kind: 'open', preset, sums: openSums(docs, preset, { today, currencyOf: (company) => currencies.get(company) ?? '' }) };
}

async function currenciesOf(cache: Cache, companies: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(companies)];
  const rows = await cache.documents.bulkGet(names.map((name): [string, string] => ['Company', name]));
  return new Map(
    rows.filter((row) => row !== undefined).map((row) => [row.name, String(decodeFields(row, row.body)['default_currency'] ?? '')]),
  );
}
