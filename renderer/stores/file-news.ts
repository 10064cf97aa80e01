import { shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { noteFileNews, readFileNews } from '../cache/file-news';
import type { FileNews } from '../cache/file-news';
import { useProblems } from './problems';
import { useWorkspace } from './session';

export type KeptNews = {
  news: Readonly<Ref<FileNews | null>>;
  set(news: FileNews | null): void;
  /** The document has this name from now on: what was told of it is kept with it. */
  named(name: string): void;
};

/**
 * What is told of files that came to a document or a list (`inList`). Where some were not taken it is there again when that is
 * opened the next time, after a restart too, until its person closes it. Of a document that was never saved (`name` null) it
 * goes with the form.
 */
export function useFileNews(doctype: () => string, name: () => string | null): KeptNews {
  const { cache } = useWorkspace();
  const problems = useProblems();
  const news = shallowRef<FileNews | null>(null);

  function keep(at: string | null): void {
    // Where all were taken there is nothing to do: that is said once.
    const kept = (news.value?.refused.length ?? 0) > 0 ? news.value : null;
    if (at !== null) void noteFileNews(cache, doctype(), at, kept).catch(problems.report);
  }
  function set(now: FileNews | null): void {
    news.value = now;
    keep(name());
  }

  async function look(): Promise<void> {
    const at = name();
    if (at === null || news.value !== null) return;
    const found = await readFileNews(cache, doctype(), at);
    // Told meanwhile: that is newer.
    if (news.value === null) news.value = found;
  }
  watch(name, () => void look().catch(problems.report), { immediate: true });

  return { news, set, named: keep };
}
