import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import { readDocument } from '../../cache/documents';
import type { LocalDocument } from '../../cache/documents';
import { record } from '../../cache/record';
import { agreed } from '../../components/agreed';
import { useSync } from '../../stores/sync';
import { useWorkspace } from '../../stores/session';

/** Submitting and deleting many documents: each is one change of its own, recorded here and sent like any other. */
export function useBulk(doctype: string) {
  const { t } = useI18n();
  const { cache, recorder } = useWorkspace();
  const sync = useSync();
  const problems = ref<string[]>([]);
  const busy = ref(false);

  const confirmed = (kind: 'submit' | 'delete', count: number): Promise<boolean> =>
    agreed(t(`list.bulk.${kind}Title`, { n: count }, count), t(`list.bulk.${kind}Text`), {
      yes: t(`list.bulk.${kind}`),
      no: t('common.cancel'),
      warns: true,
    });

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
      for (const { name, local } of fitting) {
        try {
          // One that is not here any more is told as such.
          await record(recorder, { kind, doctype, name, ...(local === undefined ? {} : { beheld: local.doc.modified ?? null }) });
        } catch (thrown) {
          problems.value = [
            ...problems.value,
            t('list.bulk.refused', { title: local?.alias ?? name, message: AppError.from(thrown).message }),
          ];
        }
      }
      sync.send({ kind: 'saved' });
    } finally {
      busy.value = false;
    }
    return true;
  }

  /** The named ones as they are now: the drafts among them for a submit, all for a delete. */
  async function fittingOf(
    kind: 'submit' | 'delete',
    names: readonly string[],
  ): Promise<{ name: string; local: LocalDocument | undefined }[]> {
    const read = await Promise.all(names.map(async (name) => ({ name, local: await readDocument(cache, doctype, name) })));
    return kind === 'delete' ? read : read.filter(({ local }) => local !== undefined && (local.doc.docstatus ?? 0) === 0);
  }

  return { run, problems, busy };
}
