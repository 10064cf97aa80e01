import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Doc } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { readDocument } from '../../cache/documents';
import { record } from '../../cache/record';
import { agreed } from '../../components/agreed';
import { useSync } from '../../stores/sync';
import { useWorkspace } from '../../stores/session';

/** Drafts are submitted; what is submitted has to be cancelled before it is deleted. One that is not here any more is told as such. */
export const takes = (kind: 'submit' | 'delete', doc: Doc | undefined): boolean =>
  kind === 'delete' ? doc?.docstatus !== 1 : doc !== undefined && (doc.docstatus ?? 0) === 0;

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
    const marked = await Promise.all(names.map(async (name) => ({ name, local: await readDocument(cache, doctype, name) })));
    const fitting = marked.filter(({ local }) => takes(kind, local?.doc));
    const left = marked.length - fitting.length;
    const leftOut = left === 0 ? [] : [t(`list.bulk.leftOut.${kind}`, { n: left }, left)];
    if (fitting.length === 0) {
      problems.value = leftOut;
      return false;
    }
    if (!(await confirmed(kind, fitting.length))) return false;
    problems.value = leftOut;
    busy.value = true;
    try {
      for (const { name, local } of fitting) {
        try {
          await record(recorder, {
            kind,
            doctype,
            name,
            ...(local === undefined ? {} : { beheld: local.doc.modified ?? null }),
          });
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

  return { run, problems, busy };
}
