import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../../browser/serve';
import type { Documents } from './documents';

/** Answers for pages of documents after the wait that a network would add, and for how many there are. */
export const pagesOf =
  (documents: Documents) =>
  async (url: URL): Promise<Answer | null> => {
    const asked = (name: string): string => url.searchParams.get(name) ?? '';
    switch (url.pathname) {
      case '/count':
        return { type: 'application/json', body: JSON.stringify({ count: documents.json.length }) };
      case '/page': {
        if (Number(asked('wait')) > 0) await delay(Number(asked('wait')));
        const start = firstFrom(documents.modified, asked('from'));
        return { type: 'application/json', body: `{"data":[${documents.json.slice(start, start + Number(asked('limit'))).join(',')}]}` };
      }
      default:
        return null;
    }
  };

/** The place of the first document that is not older; they are in this order. */
function firstFrom(modified: string[], from: string): number {
  let [low, high] = [0, modified.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((modified[middle] ?? '') < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
