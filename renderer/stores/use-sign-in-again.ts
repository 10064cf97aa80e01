import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from './session';
import { useSync } from './sync';

/** Whether the active account has to sign in again, since it signed out or its secret no longer serves; and the way there. */
export function useSignInAgain() {
  const session = useSession();
  const sync = useSync();
  const router = useRouter();
  const needed = computed(() => {
    const { account } = session;
    return account != null && (!account.signedIn || sync.state?.connectivity.kind === 'sign-in');
  });
  const go = () => router.push({ name: 'sign-in', query: { site: session.account?.siteUrl ?? '' } });
  return { needed, go };
}
