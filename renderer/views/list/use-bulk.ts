import { ElMessageBox } from 'element-plus';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import { readDocument } from '../../cache/documents';
import type { LocalDocument } from '../../cache/documents';
import { record } from '../../cache/record';
import { useSync } from '../../stores/sync';
import { useWorkspace } from '../../stores/session';

/** Submitting and deleting many documents: each is one change of its own, recorded here and sent like any other. */
export function useBulk(doctype: string) {
  const { t } = useI18n();
  const { cache, recorder } = useWorkspace();
  const sync = useSync();
  const problems = ref<string[]>([]);
  const busy = ref(false);

  async function confirmed(kind: 'submit' | 'delete', count: number): Promise<boolean> {
    try {
      await ElMessageBox.confirm(t(`list.bulk.${kind}Text`), t(`list.bulk.${kind}Title`, { n: count }, count), {
        confirmButtonText: t(`list.bulk.${kind}`),
        cancelButtonText: t('common.cancel'),
        type: 'warning',
      });
      return true;
    } catch {
      return false; // Cancel, Esc and the close button all reject.
    }
  }

  /** Records the change for each name; what cannot be recorded is told, the rest goes on. True when it was carried out. */
  async function run(kind: 'submit' | 'delete', names: readonly string[]): Promise<boolean> {
    problems.value = [];
    const fitting = await fittingOf(kind, names);
    if (fitting.length === 0) {
      problems.value = [t('list.bulk.nothingToSubmit')];
      return false;
    }
    if (!(await confirmed(kind, fitting.length))) return false;
    busy.value = true;
    try {
      for (const { doc, alias } of fitting) {
        try {
          await record(recorder, { kind, doctype, name: doc.name, beheld: doc.modified ?? null });
        } catch (thrown) {
          problems.value = [
            ...problems.value,
            t('list.bulk.refused', { title: alias ?? doc.name, message: AppError.from(thrown).message }),
          ];
        }
      }
      sync.send({ kind: 'saved' });
    } finally {
      busy.value = false;
    }
    return true;
  }

  /** Of the named ones, those that are here and may be submitted, or all for a delete. */
  async function fittingOf(kind: 'submit' | 'delete', names: readonly string[]): Promise<LocalDocument[]> {
    const read = await Promise.all(names.map((name) => readDocument(cache, doctype, name)));
    return read.flatMap((local) => (local && (kind === 'delete' || (local.doc.docstatus ?? 0) === 0) ? [local] : []));
  }

  return { run, problems, busy };
}
