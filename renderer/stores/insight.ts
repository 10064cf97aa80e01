import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { keepingOf } from '@shared/insights/keeping';
import type { Keeping } from '@shared/insights/keeping';
import { fits, presetOf } from '@shared/insights/presets';
import type { InsightPreset } from '@shared/insights/presets';
import { siteTime } from '@shared/sync/site-time';
import { readDocType } from '../cache/doctypes';
import type { Insight } from '../search/insight';
import { useProfile } from './profile';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';
import { useAnswer } from './use-answer';
import { useLiveQuery } from './use-live';
import { useToday } from './use-today';

/** A document that is asked about; no name for one that the server does not know. */
export type Asked = { doctype: string; name: string | null };

export type InsightHere = {
  /** Null where nothing is told of the document: by its DocType, by the site, or because its user may not read the source. */
  preset: ComputedRef<InsightPreset | null>;
  /** Null until it is known. */
  keeping: ComputedRef<Keeping | null>;
  /** Out of the documents of this device; null where there is nothing, or not yet. */
  insight: Readonly<ShallowRef<Insight | null>>;
  /** The site's date. */
  today: ComputedRef<string>;
};

/** What this device tells of a document out of others, and how whole and how old that is. */
export function useInsight(asked: () => Asked): InsightHere {
  const { cache, search } = useWorkspace();
  const session = useSession();
  const profile = useProfile();
  const sync = useSync();
  const dayOf = (at: number): string => siteTime(at, session.account?.timeZone ?? 'UTC').slice(0, 10);
  const at = useToday(dayOf);
  const today = computed(() => dayOf(at.value));

  const named = computed(() => (asked().name === null ? null : presetOf(asked().doctype)));
  const source = useLiveQuery(
    async () => {
      const doctype = named.value?.source;
      if (doctype === undefined) return null;
      const [cursor, bundle] = await Promise.all([cache.cursors.get(doctype), readDocType(cache, doctype)]);
      return { cursor, meta: bundle?.doctype };
    },
    { initial: null },
  );
  const preset = computed(() => {
    const [told, meta] = [named.value, source.value.value?.meta];
    if (told === null || !source.loaded.value || (meta !== undefined && !fits(told, meta))) return null;
    return sync.state?.pulls[told.source]?.error?.code === 'forbidden' ? null : told;
  });
  const keeping = computed(() => {
    if (preset.value === null || !profile.loaded) return null;
    const entry = profile.entries.find(({ doctype }) => doctype === preset.value?.source);
    return keepingOf(entry, source.value.value?.cursor, today.value);
  });
  // To look for it reads many documents: a download does not have it done for each page.
  const insight = useAnswer<Insight | null>(
    () => {
      const { doctype, name } = asked();
      return named.value === null || name === null ? null : search.insight({ doctype, name, today: today.value });
    },
    { watched: () => (named.value === null ? 'none' : { doctype: named.value.source }), everyMs: 5_000, initial: null },
  );
  return { preset, keeping, insight, today };
}
