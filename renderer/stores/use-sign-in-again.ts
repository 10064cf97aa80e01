import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from './session';
import { useSync } from './sync';

/** Whether the active account has to sign in again, since it signed out or its site no longer takes it; and the way there, and back. */
export function useSignInAgain() {
  const session = useSession();
  const sync = useSync();
  const router = useRouter();
  const needed = computed(() => {
    const { account } = session;
    return account != null && (!account.signedIn || account.refused || sync.state?.connectivity.kind === 'sign-in');
  });
  const go = () => router.push(signInAgainAt(session.account?.id ?? '', router.currentRoute.value.fullPath));
  return { needed, go };
}

/** Where an account signs in again in its own way; `back` is where its person goes on. */
export const signInAgainAt = (account: string, back: string) => ({ name: 'sign-in', query: { account, back } });
