import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { KeyStore, SignInWay, SiteProbe } from '@shared/bridge/accounts';
import type { BrowserStep, PasswordStep } from '@shared/bridge/sign-in';
import { AppError } from '@shared/errors';
import { useSession } from '../../stores/session';

type Busy = 'probe' | 'sign-in' | 'demo';
type ForCode = Extract<PasswordStep, { at: 'code' }>;

/** What the sign-in screen holds: where, by which way, what was typed, and what waits for a further step. */
export function useSignIn() {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();

  /** The account that is signed in again, where it is one; the demo is just opened anew. */
  const again = computed(() => session.accounts.accounts.find((one) => one.id === route.query['account'] && !one.demo) ?? null);
  // A link to a site where nobody is signed in brings its address along.
  const asked = typeof route.query['site'] === 'string' ? route.query['site'] : '';
  const address = ref(again.value?.siteUrl ?? asked);
  const way = ref<SignInWay>(again.value?.way ?? 'password');
  const user = ref(again.value?.user ?? '');
  const password = ref('');
  const apiKey = ref('');
  const apiSecret = ref('');
  const clientId = ref('');
  const code = ref('');
  const keep = ref<'session' | 'store'>('session');
  const keyStore = shallowRef<KeyStore | null>(null);
  const probe = shallowRef<SiteProbe | null>(null);
  const error = shallowRef<AppError | null>(null);
  const under = ref<Busy | null>(null);
  const tried = ref(false);
  const forCode = shallowRef<ForCode | null>(null);
  const inBrowser = shallowRef<BrowserStep | null>(null);
  let leaving: AbortController | null = null;

  // What was wrong with one way says nothing of another.
  watch(way, () => {
    tried.value = false;
    error.value = null;
  });

  onMounted(async () => {
    try {
      keyStore.value = await session.keyStore();
      const place = again.value?.secretPlace;
      keep.value = place === 'plain-file' || keyStore.value.backend === 'system' ? 'store' : 'session';
    } catch (thrown) {
      error.value = AppError.from(thrown);
    }
    if (again.value !== null) await look();
  });
  onBeforeUnmount(() => leaving?.abort());

  /**
   * Does the step and says what went wrong beside the form; `under` says which button is busy. Who signs in while the
   * address is still looked for has moved on: what becomes of the look is told no more.
   */
  async function attempt(what: Busy, step: () => Promise<void>): Promise<void> {
    error.value = null;
    under.value = what;
    try {
      await step();
    } catch (thrown) {
      const failed = AppError.from(thrown);
      if (under.value === what && failed.code !== 'cancelled') error.value = failed;
    } finally {
      if (under.value === what) under.value = null;
    }
  }

  async function look(): Promise<void> {
    if (address.value.trim() === '' || under.value !== null) return;
    await attempt('probe', async () => {
      probe.value = await session.probe(address.value.trim());
      clientId.value ||= probe.value.browser?.clientId ?? '';
    });
  }

  const where = () => ({
    address: address.value.trim(),
    keep: keep.value,
    ...(again.value === null ? {} : { account: again.value.id }),
  });

  /** Nothing that was typed as a secret stays on the screen. */
  async function done(): Promise<void> {
    password.value = apiSecret.value = code.value = '';
    const back = route.query['back'];
    await router.push(typeof back === 'string' && back.startsWith('/') ? back : { name: 'home' });
  }

  async function takeStep(step: PasswordStep): Promise<void> {
    if (step.at === 'signed-in') return done();
    password.value = code.value = '';
    forCode.value = step;
  }

  const byPassword = () =>
    attempt('sign-in', async () =>
      takeStep(await session.signInByPassword({ ...where(), user: user.value.trim(), password: password.value })),
    );

  const byCode = (ticket: string) => attempt('sign-in', async () => takeStep(await session.signInByCode(ticket, code.value.trim())));

  const byKey = () =>
    attempt('sign-in', async () => {
      await session.signIn({ ...where(), apiKey: apiKey.value.trim(), apiSecret: apiSecret.value.trim() });
      await done();
    });

  const byBrowser = () =>
    attempt('sign-in', async () => {
      const step = await session.beginInBrowser({ ...where(), clientId: clientId.value.trim() });
      inBrowser.value = step;
      // In the headless host this page is in the person's browser already. Where it may open no tab, the link on the screen does.
      if (!step.opened) window.open(step.url, '_blank', 'noopener');
      leaving = new AbortController();
      try {
        await session.returnFromBrowser(step.ticket, leaving.signal);
      } finally {
        inBrowser.value = null;
      }
      await done();
    });

  const cancelBrowser = () => leaving?.abort();

  function beginAgain(): void {
    forCode.value = null;
    error.value = null;
    code.value = '';
    tried.value = false;
  }

  const demo = () =>
    attempt('demo', async () => {
      await session.startDemo();
      await router.push({ name: 'home' });
    });

  const continueAs = (id: string) =>
    attempt('demo', async () => {
      await session.activate(id);
      await router.push({ name: 'home' });
    });

  return {
    ...{ again, address, way, user, password, apiKey, apiSecret, clientId, code, keep, keyStore, probe, error, under, tried },
    ...{ forCode, inBrowser, look, byPassword, byCode, byKey, byBrowser, cancelBrowser, beginAgain, demo, continueAs },
  };
}
