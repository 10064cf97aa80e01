import { ref } from 'vue';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { useSession } from './session';

export type ServerCount = { kind: 'counted'; count: number } | { kind: 'forbidden' } | { kind: 'failed'; message: string };

/** How many documents the server has for DocTypes and filters, asked one after another so as not to be a burden. */
export function useServerCounts() {
  const session = useSession();
  const counts = ref<Record<string, ServerCount>>({});
  const counting = ref(false);

  async function countOne(account: string, doctype: string, filters: Filter[]): Promise<ServerCount> {
    try {
      return { kind: 'counted', count: await session.bridge.erp.count({ account, doctype, filters, priority: 'interactive' }) };
    } catch (thrown) {
      const error = AppError.from(thrown);
      return error.code === 'forbidden' ? { kind: 'forbidden' } : { kind: 'failed', message: error.message };
    }
  }

  async function load(entries: readonly { doctype: string; filters: Filter[] }[]): Promise<void> {
    const account = session.account?.id;
    if (!account || counting.value) return;
    counting.value = true;
    try {
      for (const { doctype, filters } of entries) {
        const answer = await countOne(account, doctype, filters);
        counts.value = { ...counts.value, [doctype]: answer };
      }
    } finally {
      counting.value = false;
    }
  }

  return { counts, counting, load };
}
