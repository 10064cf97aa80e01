import { fieldbookLink } from '@shared/system/document-link';
import type { Told } from '@shared/bridge/system';
import type { NativeWords } from '@shared/system/native-words';

/** One line of the list that the system shows for the app's icon: `link` is what it opens. */
export type Jump = { title: string; link: string };

/** What the taskbar (Windows) and the dock (Mac) offer: documents opened lately, and new ones. Nothing without an account. */
export function jumps(told: Told | null, words: NativeWords): { recent: Jump[]; tasks: Jump[] } {
  const site = told?.site ?? null;
  if (told === null || site === null) return { recent: [], tasks: [] };
  return {
    recent: told.recent.map(({ doctype, name, title }) => ({
      title: `${doctype}: ${title}`,
      link: fieldbookLink({ site, doctype, name }),
    })),
    tasks: told.creatable.map((doctype) => ({ title: words.newDocType(doctype), link: fieldbookLink({ site, doctype }) })),
  };
}
