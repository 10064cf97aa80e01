import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import { readDocType, writeDocType } from '../cache/doctypes';
import type { ConnectivityWatch } from './connectivity';
import type { Facts } from './facts';
import type { FollowedRenames } from './followed-renames';
import type { Ports } from './ports';
import { parseRows } from './rows';
import type { Row } from './rows';
import type { Erp } from './watched-bridge';

/** Everything that the parts of the engine share: the effects, the watched server, and what is known of the account. */
export type Site = Ports & {
  erp: Erp;
  watch: ConnectivityWatch;
  facts: Facts;
  /** Takes up what documents link to, to be brought by the next pull. */
  links: { add: (docs: Doc[], bundle: DocTypeBundle) => void };
  renames: FollowedRenames;
};

/** Metadata from this device, or from the server where it is missing. @throws AppError of the server. */
export async function readBundle(site: Site, doctype: string): Promise<DocTypeBundle> {
  const kept = await readDocType(site.cache, doctype);
  if (kept !== undefined) return kept;
  const bundle = await site.erp.doctype({ account: site.account, doctype, priority: 'bulk' });
  await writeDocType(site.cache, bundle, site.now());
  return bundle;
}

/** The same; undefined where it cannot be had. */
export async function bundleOf(site: Site, doctype: string): Promise<DocTypeBundle | undefined> {
  try {
    return await readBundle(site, doctype);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'forbidden' || error.code === 'not-found' || error.code === 'server-error') return undefined;
    throw error;
  }
}

/** A short list, parsed, with the server's time. `limit` 0 means all. */
export async function list(
  site: Site,
  doctype: string,
  ask: { fields: string[]; filters: Filter[]; limit: number; orderBy?: string },
): Promise<{ rows: Row[]; date: string | null }> {
  const answer = await site.erp.list({ account: site.account, priority: 'bulk', doctype, ...ask });
  return { rows: parseRows(answer.text), date: answer.date };
}

export type Reading = { found: 'yes'; doc: Doc; date: string | null } | { found: 'no' } | { found: 'hidden' };

/** One document as it is on the server now. */
export async function read(site: Site, doctype: string, name: string): Promise<Reading> {
  try {
    const { doc, date } = await site.erp.get({ account: site.account, priority: 'bulk', doctype, name });
    return { found: 'yes', doc, date };
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'not-found') return { found: 'no' };
    if (error.code === 'forbidden') return { found: 'hidden' };
    throw error;
  }
}
