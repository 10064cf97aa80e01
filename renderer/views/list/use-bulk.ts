import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocType } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import type { Person } from '@shared/erp/permissions';
import { AppError } from '@shared/errors';
import { readDocType } from '../../cache/doctypes';
import { readDocument } from '../../cache/documents';
import { record } from '../../cache/record';
import { agreed } from '../../components/agreed';
import { useSync } from '../../stores/sync';
import { useWorkspace } from '../../stores/session';

/** Under a workflow documents are submitted by its steps alone, as on the desk. */
export const maySubmitMany = (doctype: DocType, person: Person): boolean =>
  doctype.workflow === undefined && rightsOf(doctype, person, undefined).submit;

/**
 * Drafts are submitted where no workflow is in the way; what is submitted has to be cancelled before it is deleted. One that
 * is not here any more is told as such.
 */
export const takes = (kind: 'submit' | 'delete', doc: Doc | undefined, doctype?: DocType): boolean =>
  kind === 'delete' ? doc?.docstatus !== 1 : doc !== undefined && (doc.docstatus ?? 0) === 0 && doctype?.workflow === undefined;

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
    const meta = (await readDocType(cache, doctype))?.doctype;
    const fitting = marked.filter(({ local }) => takes(kind, local?.doc, meta));
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
