import { watchDebounced } from '@vueuse/core';
import { shallowRef } from 'vue';
import { isTableField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { parseRows } from '../sync/rows';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/** So many documents tell how large the others are. */
const sampled = 20;

/**
 * About how many bytes a document of the server takes here, from a page of those that fit the filters: asked only while none is
 * here to be measured (`wanted`), and not before a person stopped changing them. Null until it is known, or where it cannot be.
 */
export function useEntrySample(ask: () => { bundle: DocTypeBundle; filters: Filter[]; wanted: boolean }) {
  const session = useSession();
  const sync = useSync();
  const { accountId } = useWorkspace();
  const mean = shallowRef<number | null>(null);

  async function look(): Promise<void> {
    const { bundle, filters, wanted } = ask();
    if (!wanted || mean.value !== null || !sync.online || bundle.doctype.issingle === 1) return;
    const childTables = bundle.doctype.fields.filter(isTableField).flatMap(({ options }) => (options ? [options] : []));
    try {
      const page = await session.bridge.erp.page({
        account: accountId,
        priority: 'interactive',
        doctype: bundle.doctype.name,
        fields: ['*'],
        filters,
        orderBy: 'modified desc',
        limit: sampled,
        childTables: [...new Set(childTables)],
      });
      const count = parseRows(page.parents.text).length;
      const length = page.parents.bytes + page.children.reduce((sum, { rows }) => sum + rows.bytes, 0);
      mean.value = count === 0 ? null : length / count;
    } catch (thrown) {
      // An estimate is not worth a notice; what is wrong with the filters is said where they are counted.
      if (AppError.from(thrown).code === 'internal') throw thrown;
    }
  }

  watchDebounced(ask, look, { debounce: 500, immediate: true, deep: true });
  return mean;
}
