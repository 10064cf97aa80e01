import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import type { Origin } from '../../cache/rows';
import type { Site } from '../site';
import { readFitting, readPage } from './page';
import { storeDocuments } from './store';

const documentsAtOnce = 100;

/** Reads documents whole by their names and stores them. Answers those that were there, and the requests it took. */
export async function fetchByName(
  site: Site,
  bundle: DocTypeBundle,
  names: string[],
  origin: Origin,
): Promise<{ docs: Doc[]; requests: number }> {
  const result: { docs: Doc[]; requests: number } = { docs: [], requests: 0 };
  for (let start = 0; start < names.length;) {
    const page = await readFitting(documentsAtOnce, (limit) => {
      const some = names.slice(start, start + limit);
      return readPage(site, bundle, origin, { filters: [['name', 'in', some]], orderBy: 'name asc', limit });
    });
    start += page.limit;
    await storeDocuments(site, bundle, page);
    result.docs.push(...page.docs);
    result.requests += page.requests;
  }
  return result;
}
