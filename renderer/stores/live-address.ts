import { shallowRef } from 'vue';
import { useSession, useWorkspace } from './session';
import { useTask } from './use-task';

/** Where the realtime service of the active account's site is, if not where it usually is. */
export function useLiveAddress() {
  const session = useSession();
  const { accountId } = useWorkspace();
  const address = shallowRef<string | null>(null);
  const { busy, error, run } = useTask();

  const load = (): Promise<void> =>
    run(async () => {
      address.value = (await session.bridge.live.address({ account: accountId })).address;
    });
  const save = (typed: string): Promise<void> =>
    run(async () => {
      address.value = (await session.bridge.live.setAddress({ account: accountId, address: typed.trim() || null })).address;
    });

  return { address, busy, error, load, save };
}
