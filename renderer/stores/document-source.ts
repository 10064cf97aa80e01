import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { entriesOf } from '../cache/outbox';
import { readDocType } from '../cache/doctypes';
import { readDocument } from '../cache/documents';
import type { LocalDocument } from '../cache/documents';
import { useWorkspace } from './session';
import { useLiveQuery } from './use-live';

/** What the cache holds of one document, live: its DocType, itself, and what waits to be sent for it. `name` null is a new one. */
export function useDocumentSource(key: MaybeRefOrGetter<{ doctype: string; name: string | null }>) {
  const { cache } = useWorkspace();

  const metadata = useLiveQuery(() => readDocType(cache, toValue(key).doctype), { initial: undefined });
  const stored = useLiveQuery<LocalDocument | undefined>(
    () => {
      const { doctype, name } = toValue(key);
      return name === null ? undefined : readDocument(cache, doctype, name);
    },
    { initial: undefined },
  );
  /** Its name now: a document is still found under the temporary name it had. */
  const name = computed(() => stored.value.value?.doc.name ?? toValue(key).name);
  const entries = useLiveQuery(
    () => {
      const current = name.value;
      return current === null ? [] : entriesOf(cache, toValue(key).doctype, current);
    },
    { initial: [] },
  );
  const isLocal = computed(() => isTemporaryName(name.value));

  return { metadata, stored, entries, name, isLocal };
}
