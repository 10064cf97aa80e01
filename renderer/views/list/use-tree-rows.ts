import type { Ref } from 'vue';
import type { LocalDocument } from '../../cache/documents';
import { useWorkspace } from '../../stores/session';
import { useChanges } from '../../stores/use-changes';
import { useLive } from '../../stores/use-live';

/** More are no tree that a person looks through. */
const most = 10_000;

/** All documents of a tree DocType by title, live, while they are shown as a tree. */
export function useTreeRows(doctype: string, shown: Readonly<Ref<boolean>>, title: Readonly<Ref<string>>): Readonly<Ref<LocalDocument[]>> {
  const { search } = useWorkspace();
  const stamp = useChanges(() => (shown.value ? { doctype } : 'none'), 1_000);
  return useLive<LocalDocument[]>(
    () => {
      if (!shown.value) return [];
      const query = { doctype, filters: [], sort: { fieldname: title.value, order: 'asc' as const }, limit: most };
      return search.list({ query, stamp: stamp.value }).then(({ rows }) => rows);
    },
    { initial: [] },
  );
}
