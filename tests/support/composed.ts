import { createPinia, setActivePinia } from 'pinia';
import { createRenderer, defineComponent } from 'vue';
import { i18n } from '../../renderer/messages/i18n';
import type { Account } from '@shared/bridge/accounts';
import { usualLargest } from '@shared/files/site-limit';
import type { SyncHandle } from '../../renderer/sync/start-worker';
import { initialState } from '@shared/sync/sync-state';
import { useSession } from '../../renderer/stores/session';
import { testAccount } from './cache';
import type { TestCache } from './cache';
import { searchOf } from './search';

/** A screen without a browser: nothing of it is drawn. */
type Nothing = { nothing: true };
const nothing = (): Nothing => ({ nothing: true });
const { createApp } = createRenderer<Nothing, Nothing>({
  patchProp: () => undefined,
  insert: () => undefined,
  remove: () => undefined,
  createElement: nothing,
  createText: nothing,
  createComment: nothing,
  setText: () => undefined,
  setElementText: () => undefined,
  parentNode: () => null,
  nextSibling: () => null,
});

const sync: SyncHandle = {
  state: () => initialState(testAccount),
  onState: () => () => undefined,
  send: () => undefined,
  stop: () => undefined,
};

/** Runs `compose` in a component, with the account signed in and its cache open; `end` takes the component away. */
export function composed<T>(compose: () => T, recorder: TestCache, account: Account): { value: T; end: () => void } {
  const made: { value?: T } = {};
  const pinia = createPinia();
  setActivePinia(pinia);
  const session = useSession();
  session.accounts = { active: account.id, accounts: [account], toWipe: [] };
  session.workspace = { accountId: account.id, cache: recorder.cache, recorder, sync, search: searchOf(recorder.cache) };
  const app = createApp(
    defineComponent(() => {
      made.value = compose();
      return () => null;
    }),
  );
  app.use(pinia).use(i18n).mount(nothing());
  if (made.value === undefined) throw new Error('nothing was composed');
  return { value: made.value, end: () => app.unmount() };
}

export const accountOf = (over: Partial<Account> = {}): Account => ({
  id: testAccount,
  siteUrl: 'https://site.example',
  user: 'field@example.com',
  fullName: 'Frida Field',
  roles: ['Sales User', 'Accounts User', 'Purchase User', 'Stock User'],
  timeZone: 'Asia/Kolkata',
  frappeVersion: '15.72.4',
  erpnextVersion: '15.71.1',
  demo: false,
  signedIn: true,
  refused: false,
  way: 'key',
  secretPlace: 'session',
  defaults: { company: 'Wind Power LLC', currency: 'INR' },
  formats: {},
  largestFile: usualLargest,
  ...over,
});
