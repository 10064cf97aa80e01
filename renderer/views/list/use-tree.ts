import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { DocType } from '@shared/erp/doctype';
import type { LocalDocument } from '../../cache/documents';
import { useWorkspace } from '../../stores/session';
import { useAnswer } from '../../stores/use-answer';
import { parentField } from './tree-lines';

/** More are no tree that a person looks through. */
const most = 10_000;

export type Tree = {
  /** The field that names a document's parent; null where the DocType is no tree. */
  parent: ComputedRef<string | null>;
  shown: ComputedRef<boolean>;
  /** All documents by title, live, while they are shown as a tree. */
  rows: Readonly<Ref<LocalDocument[]>>;
};

/** A list as a tree, where its DocType is one and `wanted` says so. */
export function useTree(structure: ComputedRef<DocType | undefined>, wanted: () => boolean, title: () => string): Tree {
  const { search } = useWorkspace();
  const parent = computed(() => (structure.value === undefined ? null : parentField(structure.value)));
  const shown = computed(() => parent.value !== null && wanted());
  const doctype = computed(() => (shown.value ? (structure.value?.name ?? null) : null));
  const rows = useAnswer<LocalDocument[]>(
    (stamp) => {
      if (doctype.value === null) return [];
      const query = { doctype: doctype.value, filters: [], sort: { fieldname: title(), order: 'asc' as const }, limit: most };
      return search.list({ query, stamp }).then((page) => page.rows);
    },
    { watched: () => (doctype.value === null ? 'none' : { doctype: doctype.value }), everyMs: 1_000, initial: [] },
  );
  return { parent, shown, rows };
}
