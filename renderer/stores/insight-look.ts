import { shallowRef, watch } from 'vue';
import { questionOf } from '@shared/insights/presets';
import { insightOf } from '../search/insight';
import type { Insight } from '../search/insight';
import type { Asked, InsightHere } from './insight';
import { useServerLook } from './server-look';
import { useWorkspace } from './session';
import { useTask } from './use-task';

/** Documents that one look takes into account. */
const most = 500;

/** What the server said, and when (ms); `counted`: so many of its documents, where there are more. */
export type Looked = { insight: Insight; at: number; counted: number | null };

/** The same out of what the server has now, once a person asks. */
export function useInsightLook(asked: () => Asked, { preset, today }: Pick<InsightHere, 'preset' | 'today'>) {
  const { cache } = useWorkspace();
  const server = useServerLook();
  const { busy, error, run } = useTask();
  const looked = shallowRef<Looked | null>(null);
  watch([() => asked().doctype, () => asked().name], () => (looked.value = null));

  const look = (): Promise<void> =>
    run(async () => {
      const [told, { name }] = [preset.value, asked()];
      if (told === null || name === null) return;
      const { rows, more } = await server.rows(told.source, questionOf(told, name), most);
      const insight = await insightOf(cache, told, rows, today.value);
      if (asked().name === name) looked.value = { insight, at: Date.now(), counted: more ? most : null };
    });

  return { looked, look, busy, error };
}
