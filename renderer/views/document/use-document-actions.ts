import { ElMessage } from 'element-plus';
import { toValue } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { Doc } from '@shared/erp/document';
import { temporaryName } from '@shared/erp/temporary-name';
import { AppError } from '@shared/errors';
import { amend } from '@shared/form/amend';
import { uncopiedTables } from '@shared/form/copy-document';
import { duplicate } from '@shared/form/duplicate';
import type { FormAction } from '@shared/form/form-actions';
import { keepDraft, keepFirstDraft } from '../../cache/drafts';
import type { Draft } from '../../cache/drafts';
import { agreed } from '../../components/agreed';
import type { DocumentForm } from '../../stores/document-form';
import { useFormats } from '../../stores/formats';
import { useProblems } from '../../stores/problems';
import { useWorkspace } from '../../stores/session';

/** What the buttons of a document do, with the questions they ask first. */
export function useDocumentActions(form: DocumentForm, onProblems: () => void) {
  const { t } = useI18n();
  const router = useRouter();
  const { cache, recorder } = useWorkspace();
  const problems = useProblems();
  const formats = useFormats();
  const doctype = (): string => toValue(form.key).doctype;

  const asks = (title: string, text: string, yes: string): Promise<boolean> =>
    agreed(title, text, { yes, no: t('document.confirm.keep'), warns: false });

  async function save(): Promise<void> {
    const wasNew = form.isNew.value;
    const name = await form.save();
    if (name === null) return onProblems();
    ElMessage({ message: t('document.saved'), type: 'success', duration: 2000, grouping: true, offset: 64 });
    if (wasNew) await router.replace({ name: 'document', params: { doctype: doctype(), name } });
  }

  async function confirmAndPerform(kind: 'submit' | 'cancel'): Promise<void> {
    const name = form.title.value;
    const seen = form.beheld();
    if (await asks(t(`document.confirm.${kind}Title`, { name }), t(`document.confirm.${kind}Text`), t(`document.actions.${kind}`)))
      await form.perform({ kind }, seen);
  }

  async function remove(): Promise<void> {
    const local = form.source.isLocal.value;
    const seen = form.beheld();
    const text = t(local ? 'document.confirm.deleteLocalText' : 'document.confirm.deleteText');
    if (!(await asks(t('document.confirm.deleteTitle', { name: form.title.value }), text, t('document.actions.delete')))) return;
    form.typing.drop();
    await form.drafts.forget();
    if (await form.perform({ kind: 'delete' }, seen)) await router.push({ name: 'list', params: { doctype: doctype() } });
  }

  async function takeBack(entryId: string): Promise<void> {
    const entry = form.source.entries.value.value.find((each) => each.id === entryId);
    if (entry === undefined) return;
    const { operation } = entry;
    const kind = operation.kind === 'workflow' ? operation.action : t(`document.kinds.${operation.kind}`);
    const text = operation.kind === 'create' ? t('document.confirm.undoCreateText') : t('document.confirm.undoText', { kind });
    if (!(await asks(t('document.confirm.undoTitle'), text, t('document.history.undo')))) return;
    const done = await form.undoEntry(entryId);
    if (done?.gone === true) await router.push({ name: 'list', params: { doctype: doctype() } });
  }

  /** A copy begins as the draft of a new document, so that it survives like typing does. */
  async function copy(kind: 'duplicate' | 'amend'): Promise<void> {
    const bundle = form.bundle.value;
    const name = form.source.name.value;
    if (bundle === undefined || name === null) return;
    const unknown = uncopiedTables(bundle, form.values.value);
    if (unknown.length > 0) {
      const tables = unknown.map((field) => field.label ?? field.fieldname).join(', ');
      form.failure.value = new AppError('refused', t('document.notCopied', { tables }));
      return;
    }
    const from: Doc = { ...form.values.value, doctype: doctype(), name };
    const nameRow = (): string => temporaryName(recorder.uuid());
    const values = kind === 'amend' ? amend(bundle, from, nameRow) : duplicate(bundle, from, form.defaults.value, nameRow);
    if (!(await keepCopy({ values, modified: null, savedAt: Date.now() }))) return;
    await router.push({ name: 'new', params: { doctype: doctype() }, query: { from: 'copy' } });
  }

  /** False where there is other typing that the person would rather keep. */
  async function keepCopy(draft: Draft): Promise<boolean> {
    const key = { doctype: doctype(), name: null };
    const other = await keepFirstDraft(cache, key, draft);
    if (other === null) return true;
    const text = t('document.draft.replaces', { doctype: doctype(), when: formats.moment(other.savedAt) });
    const title = t('document.draft.title', { doctype: doctype() });
    if (!(await agreed(title, text, { yes: t('document.draft.goOn'), no: t('document.confirm.keep'), warns: true }))) return false;
    await keepDraft(cache, key, draft);
    return true;
  }

  /** What is printed is what is saved: unsaved typing is asked about on the way. */
  async function print(): Promise<void> {
    const name = form.source.name.value;
    const hint = name === null ? 'saveFirst' : form.rights.value.print ? null : 'noRight';
    if (hint !== null) ElMessage({ message: t(`print.${hint}`), type: 'info', grouping: true, offset: 64 });
    else await router.push({ name: 'print', params: { doctype: doctype(), name } });
  }

  async function act(action: FormAction): Promise<void> {
    try {
      switch (action.kind) {
        case 'save':
          return await save();
        case 'submit':
        case 'cancel':
          return await confirmAndPerform(action.kind);
        case 'delete':
          return await remove();
        case 'amend':
        case 'duplicate':
          return await copy(action.kind);
        case 'print':
          return await print();
        case 'undo': {
          const last = form.source.entries.value.value.at(-1);
          return last === undefined ? undefined : await takeBack(last.id);
        }
        case 'workflow': {
          await form.perform(action);
          return;
        }
      }
    } catch (error) {
      problems.report(error);
    }
  }

  return { act, takeBack };
}
