import { defineStore } from 'pinia';
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue';
import type { LiveState } from '@shared/bridge/live';
import { watchPower } from './power';
import { useProblems } from './problems';
import { useSession } from './session';

type Document = { doctype: string; name: string };

/** A window that says nothing for longer is taken for closed. */
const tellEveryMs = 60_000;

const keyOf = ({ doctype, name }: Document): string => JSON.stringify([doctype, name]);

/** How the device hears of changes, who else looks at the open document, and what this window tells of itself. */
export const useLiveSite = defineStore('live', () => {
  const session = useSession();
  const problems = useProblems();
  const state = shallowRef<LiveState>({ at: 'connecting' });
  const viewers = reactive(new Map<string, readonly string[]>());
  const shown = shallowRef<Document | null>(null);
  const hidden = shallowRef(document.visibilityState !== 'visible');
  const power = watchPower();
  const id = crypto.randomUUID();

  const others = computed((): readonly string[] => {
    const { account } = session;
    if (shown.value === null || account === null || state.value.at !== 'live') return [];
    return (viewers.get(keyOf(shown.value)) ?? []).filter((user) => user !== account.user);
  });

  async function tell(): Promise<void> {
    const { account } = session;
    if (account === null) return;
    const told = shown.value;
    const { viewers: there } = await session.bridge.live.attend({
      window: id,
      account: account.id,
      hidden: hidden.value,
      onBattery: power.onBattery.value,
      document: told,
    });
    if (told !== null && told === shown.value) viewers.set(keyOf(told), there);
  }
  // What cannot be told now is told within a minute; nobody has to know.
  const tellSoon = (): void => void tell().catch(() => undefined);

  async function start(): Promise<void> {
    const { connection } = session;
    connection?.on('live', (now) => {
      state.value = now;
      if (now.at !== 'live') viewers.clear();
    });
    connection?.on('viewers', ({ account, doctype, name, users }) => {
      if (account === session.account?.id) viewers.set(keyOf({ doctype, name }), users);
    });
    document.addEventListener('visibilitychange', () => (hidden.value = document.visibilityState !== 'visible'));
    watch([shown, hidden, power.onBattery, () => session.account?.id, () => session.link], tellSoon);
    const timer = setInterval(tellSoon, tellEveryMs);
    onScopeDispose(() => clearInterval(timer));
    try {
      state.value = await session.bridge.live.state({});
      await tell();
    } catch (thrown) {
      problems.report(thrown);
    }
  }

  /** The document that this window shows now. Returns what ends that. */
  function look(at: Document): () => void {
    shown.value = at;
    return () => {
      if (shown.value === at) shown.value = null;
    };
  }

  return { state, others, start, look };
});
