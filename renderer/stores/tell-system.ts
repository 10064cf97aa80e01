import { watchThrottled } from '@vueuse/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { Told } from '@shared/bridge/system';
import { mayCreate } from '@shared/erp/permissions';
import { readDocTypes } from '../cache/doctypes';
import { commonDocTypes } from '../cache/profile';
import { lastOpened } from '../search/last-opened';
import { useProblems } from './problems';
import { useProfile } from './profile';
import { useSession } from './session';
import { useSync } from './sync';
import { useLive } from './use-live';

/** Milliseconds: a count that runs is told no more often. */
const tellEveryMs = 500;
const mostJumps = 6;

/** Tells the system what its tray, badge, menus and notifications show. `words`: of the pill. `printable`: a document is shown. */
export function useTellSystem(words: ComputedRef<string>, printable: ComputedRef<boolean>): void {
  const session = useSession();
  const sync = useSync();
  const profile = useProfile();
  const problems = useProblems();
  const since = useDownloadSince();

  const recent = useLive(() => (session.cache ? lastOpened(session.cache, mostJumps) : []), { initial: [], everyMs: 2_000 });
  const creatable = useLive(
    async () => {
      const { cache, account } = session;
      if (cache === null || account === null) return [];
      const wanted = profile.entries.map((entry) => entry.doctype).filter((doctype) => commonDocTypes.includes(doctype));
      const bundles = await readDocTypes(cache, wanted);
      return wanted.filter((_, at) => bundles[at] !== undefined && mayCreate(bundles[at].doctype, account)).slice(0, mostJumps);
    },
    { initial: [] },
  );

  const told = computed((): Told => ({
    account: session.account?.id ?? null,
    pill: sync.pill.kind,
    tone: sync.pill.tone === 'purple' ? 'grey' : sync.pill.tone,
    text: words.value.slice(0, 300),
    needsYou: sync.needsYou.length,
    unsent: sync.waiting.length,
    sending: sync.state?.activity.kind === 'sending',
    workOffline: sync.pill.kind === 'chosen-offline',
    download: { since: since.value, lastSync: sync.state?.lastSync ?? null },
    site: session.account?.siteUrl ?? null,
    recent: recent.value.map(({ doctype, name, title }) => ({ doctype, name, title: title.slice(0, 300) })),
    creatable: [...creatable.value],
    printable: printable.value,
  }));
  let last = '';
  const tell = (now: Told): void => {
    const text = JSON.stringify(now);
    if (text === last) return;
    last = text;
    session.bridge.system.tell(now).catch(problems.report);
  };
  onScopeDispose(() =>
    tell({ ...told.value, account: null, needsYou: 0, sending: false, site: null, recent: [], creatable: [], printable: false }),
  );
  watchThrottled(told, tell, { throttle: tellEveryMs, immediate: true, trailing: true });
}

/** When the download began that is under way, or broke off for another reason than that there is no connection; or null. */
function useDownloadSince() {
  const sync = useSync();
  const since = ref<number | null>(null);
  watch(
    () => sync.state,
    (state) => {
      if (state === null || state.connectivity.kind !== 'online' || (state.lastSync ?? 0) >= (since.value ?? Infinity)) since.value = null;
      else if (state.activity.kind === 'downloading') since.value ??= Date.now();
    },
  );
  return since;
}
