import { computed, ref, toValue, watch } from 'vue';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { writeDocType } from '../cache/doctypes';
import { AppError } from '@shared/errors';
import type { DocumentForm } from './document-form';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/** What a document asks of the server when there is one: to be read again on opening, and for metadata that was never fetched. */
export function useDocumentServer(form: DocumentForm) {
  const session = useSession();
  const sync = useSync();
  const { cache, accountId } = useWorkspace();
  const busy = ref(false);
  const online = computed(() => sync.online);

  function refresh(): void {
    const name = form.source.name.value;
    if (name !== null && !isTemporaryName(name)) sync.send({ kind: 'refresh', doctype: toValue(form.key).doctype, name });
  }

  // Once a name: on opening, when the connection comes back, and when the server has named it.
  let refreshed = '';
  watch(
    [online, form.source.name],
    () => {
      const name = form.source.name.value;
      if (!online.value || name === null || refreshed === name) return;
      refreshed = name;
      refresh();
    },
    { immediate: true },
  );

  async function fetchMeta(): Promise<void> {
    busy.value = true;
    try {
      const bundle = await session.bridge.erp.doctype({ account: accountId, doctype: toValue(form.key).doctype, priority: 'interactive' });
      await writeDocType(cache, bundle, Date.now());
    } catch (error) {
      form.failure.value = AppError.from(error);
    } finally {
      busy.value = false;
    }
  }

  return { online, busy, refresh, fetchMeta };
}
