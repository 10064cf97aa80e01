import { ref, shallowRef } from 'vue';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { mayCreate } from '@shared/erp/permissions';
import { linkFilters } from '@shared/form/link-filters';
import type { Found } from '../search/describe';
import { useLinks } from '../stores/document-links';
import { useProblems } from '../stores/problems';
import { useServerLook } from '../stores/server-look';
import { useSync } from '../stores/sync';
import { useForm } from './form-context';
import type { FieldProps } from './field-props';

const limit = 30;

/** What a Link field offers for what is typed: of this device as one types, of the server when asked. */
export function useLinkSearch(props: Readonly<FieldProps>, doctype: () => string) {
  const form = useForm();
  const links = useLinks();
  const problems = useProblems();
  const server = useServerLook();
  const sync = useSync();

  const typed = ref('');
  const found = shallowRef<Found[]>([]);
  /** Of the server, for the text as it stands; null until it was asked. */
  const remote = shallowRef<Found[] | null>(null);
  const refused = shallowRef<AppError | null>(null);
  const nothingHere = ref(false);
  /** The person may make a new one here; unknown until the form of what is linked is on this device. */
  const mayMake = ref(false);
  const searching = ref(false);
  const looking = ref(false);

  const filters = async (): Promise<Filter[]> =>
    linkFilters(props.field, await links.metaOf(doctype()), props.scope.parent ?? props.scope.values, form.doctype);

  let asked = 0;
  /** Counts the texts that were looked for: what the server answers belongs to one of them. */
  let texts = 0;
  let under: Promise<void> = Promise.resolve();
  /** Resolves with the last search that was begun: Enter may come before the list asks for the same text. */
  async function search(words: string): Promise<void> {
    let mine = (under = start(words));
    await mine;
    while (mine !== under) await (mine = under);
  }

  /** The same text may be asked for twice, by a key and by the list: that takes nothing back. */
  function take(words: string): void {
    const same = words.trim() === typed.value.trim();
    typed.value = words;
    if (!same) forget();
  }

  function forget(): void {
    texts += 1;
    remote.value = null;
    refused.value = null;
  }

  async function start(words: string): Promise<void> {
    take(words);
    const round = (asked += 1);
    searching.value = true;
    try {
      const meta = await links.metaOf(doctype());
      mayMake.value = meta !== undefined && mayCreate(meta, form.session.value);
      const result = await links.search(doctype(), words, await filters(), limit);
      if (round !== asked) return;
      found.value = result.found;
      nothingHere.value = result.nothingHere;
    } catch (error) {
      problems.report(error);
    } finally {
      if (round === asked) searching.value = false;
    }
  }

  /** Asks the server for `words`, which the list may not have heard of yet. */
  async function look(words = typed.value): Promise<void> {
    if (!sync.online || looking.value) return;
    take(words);
    const mine = texts;
    looking.value = true;
    refused.value = null;
    try {
      const answer = await server.findLinks(doctype(), typed.value.trim(), await filters());
      if (mine === texts) remote.value = answer;
    } catch (error) {
      if (mine === texts) refused.value = AppError.from(error);
    } finally {
      looking.value = false;
    }
  }

  /** Keeps a document of the server here before it is named, so that what follows from it can be filled in. */
  async function bring(name: string): Promise<void> {
    if (remote.value?.some((each) => each.name === name) !== true) return;
    looking.value = true;
    try {
      await server.bring(doctype(), name);
    } catch (error) {
      // It may be named all the same: the server knows it, only this device does not.
      problems.report(error);
    } finally {
      looking.value = false;
    }
  }

  return { typed, found, remote, refused, nothingHere, mayCreate: mayMake, searching, looking, search, forget, look, bring };
}
