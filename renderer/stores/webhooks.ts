import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { SiteWebhook, WebhooksState } from '@shared/bridge/webhooks';
import { readProfile } from '../cache/profile';
import { useServerReach } from './server-reach';
import { useSession, useWorkspace } from './session';
import { useLiveQuery } from './use-live';
import { useTask } from './use-task';

/** Who may make and see webhooks on a site. */
const role = 'System Manager';

/** The calls that came are looked at this often (ms) while somebody looks at them. */
const lookEveryMs = 3_000;

export type WebhookChanges = Partial<Pick<WebhooksState, 'on' | 'host' | 'port' | 'relay'>>;

/** The receiver of this device, and what is set up for it on the site of the active account. */
export function useWebhooks() {
  const session = useSession();
  const { accountId, cache } = useWorkspace();
  const notReached = useServerReach();
  const state = shallowRef<WebhooksState | null>(null);
  /** Null: not known. */
  const onSite = shallowRef<SiteWebhook[] | null>(null);
  const { busy, error, run } = useTask();
  const asked = { account: accountId };
  const isManager = computed(() => session.account?.roles.includes(role) === true);

  const kept = useLiveQuery(
    async () => {
      const profile = (await readProfile(cache)).map(({ doctype }) => doctype);
      const known = (await cache.doctypes.bulkGet(profile)).flatMap((row) => (row === undefined ? [] : [row.bundle.doctype]));
      return known
        .filter(({ issingle }) => issingle !== 1)
        .map((doctype) => ({ doctype: doctype.name, submittable: doctype.is_submittable === 1 }));
    },
    { initial: [] },
  );

  async function look(): Promise<void> {
    state.value = await session.bridge.webhooks.state(asked);
  }

  const set = (changes: WebhookChanges): Promise<void> =>
    run(async () => {
      state.value = await session.bridge.webhooks.set({ ...asked, ...changes });
      await lookOnSite();
    });
  const install = (): Promise<void> =>
    run(async () => {
      onSite.value = await session.bridge.webhooks.install({ ...asked, doctypes: [...kept.value.value] });
    });
  const remove = (): Promise<void> =>
    run(async () => {
      onSite.value = await session.bridge.webhooks.remove(asked);
    });

  async function lookOnSite(): Promise<void> {
    const may = isManager.value && notReached.value === null && state.value?.url != null;
    onSite.value = may ? await session.bridge.webhooks.onSite(asked) : null;
  }

  void run(async () => {
    await look();
    await lookOnSite();
  });
  watch(notReached, () => void run(lookOnSite));
  const timer = setInterval(() => {
    // What cannot be looked at now is looked at the next time.
    if (state.value?.on === true && !busy.value) void look().catch(() => undefined);
  }, lookEveryMs);
  onScopeDispose(() => clearInterval(timer));

  return { state, onSite, doctypes: kept.value, isManager, notReached, busy, error, set, install, remove };
}
