import { computed, toValue, watch } from 'vue';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { writeDocType } from '../cache/doctypes';
import { AppError } from '@shared/errors';
import type { DocumentForm } from './document-form';
import { useServerLook } from './server-look';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';
import { useTask } from './use-task';

/** What a document asks of the server when there is one: to be read again on opening, and for metadata that was never fetched. */
export function useDocumentServer(form: DocumentForm) {
  const session = useSession();
  const sync = useSync();
  const { cache, accountId } = useWorkspace();
  const look = useServerLook();
  /** `refused`: why the server did not give a document that is not here. */
  const { busy, error: refused, run } = useTask();
  const online = computed(() => sync.online);

  function refresh(): void {
    const name = form.source.name.value;
    if (name !== null && !isTemporaryName(name)) sync.send({ kind: 'refresh', doctype: toValue(form.key).doctype, name });
  }

  /** Fetches a document that is not on this device. */
  async function bring(): Promise<void> {
    const { doctype, name } = toValue(form.key);
    if (name !== null) await run(() => look.bring(doctype, name));
  }

  // Once a name: on opening, when the connection comes back, and when the server has named it.
  let refreshed = '';
  watch(
    [online, form.source.name, form.source.stored.loaded],
    () => {
      const name = form.source.name.value;
      if (!online.value || name === null || refreshed === name || !form.source.stored.loaded.value) return;
      refreshed = name;
      if (form.source.stored.value.value === undefined && !isTemporaryName(name)) void bring();
      else refresh();
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

  return { online, busy, refused, bring, fetchMeta };
}
