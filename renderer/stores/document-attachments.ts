import { computed, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { rowsOf } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { diskName } from '@shared/format/disk-name';
import type { RowPath } from '@shared/sync/outbox-entry';
import type { OwnFile } from '../cache/attachments';
import { readDocInfo } from '../cache/comments';
import { keptFiles } from '../cache/kept-files';
import type { DocumentForm } from './document-form';
import { useKeptFiles } from './document-kept-files';
import { useWorkspace } from './session';
import { useLive } from './use-live';
import { toValue } from 'vue';

/** A file on its way into the keeping of this device. */
export type Keeping = { id: number; name: string; size: number; done: number };

/** Files of a document: those of the server as last seen, those of this device, and those being kept just now. */
export function useAttachments(form: DocumentForm) {
  const { t } = useI18n();
  const { cache } = useWorkspace();
  const kept = useKeptFiles();
  const keeping = reactive(new Map<number, Keeping>());
  let count = 0;
  /** The server takes files from who may change the document. */
  const mayAttach = computed(() => (form.isNew.value ? form.rights.value.create : form.rights.value.write));

  const doctype = (): string => toValue(form.key).doctype;
  const local = form.files.own;
  const docinfo = useLive(
    () => {
      const name = form.source.name.value;
      return name === null ? undefined : readDocInfo(cache, doctype(), name);
    },
    { initial: undefined },
  );

  /** The file that an Attach field was given last, until the server has it. */
  const waitingFor = (fieldname: string, at: RowPath | null): OwnFile | null =>
    local.value.findLast((file) => file.fieldname === fieldname && file.row?.row === at?.row && file.state !== null) ?? null;

  /** Is what the file is for kept already? A row that was just added is not. */
  const isKept = (at: RowPath | null): boolean =>
    form.source.name.value !== null && (at === null || rowsOf(form.typing.began.value, at.table).some((row) => row.name === at.row));

  /** Addresses of the server's files whose bytes are on this device. */
  const keptHere = useLive<ReadonlySet<string>>(
    () =>
      keptFiles(
        cache,
        (docinfo.value?.attachments ?? []).map(({ file_url }) => file_url),
      ),
    {
      initial: new Set(),
    },
  );

  /**
   * Keeps the bytes and queues the upload behind the document; before that is saved, with its saving. Answers whether the file
   * is safe on this device. `fieldname`, `at`: the Attach field that it is for, and its row.
   */
  const attach = (file: File, fieldname?: string, at: RowPath | null = null): Promise<boolean> =>
    form.files.storing(attachOne(file, fieldname, at));

  async function attachOne(file: File, fieldname: string | undefined, at: RowPath | null): Promise<boolean> {
    if (!mayAttach.value) return fail(new AppError('forbidden', t('document.attachments.noRight')));
    // The server answers 500 to an empty file [upload-images].
    if (file.size === 0) return fail(new AppError('refused', t('document.attachments.empty', { name: file.name })));
    const id = (count += 1);
    keeping.set(id, { id, name: file.name, size: file.size, done: 0 });
    try {
      const stored = await kept.keep(file, (done) => {
        const entry = keeping.get(id);
        if (entry !== undefined) entry.done = done;
      });
      const attached = {
        file: stored,
        fileName: diskName(file.name),
        isPrivate: true,
        ...(fieldname === undefined ? {} : { fieldname }),
        ...(at === null ? {} : { row: at }),
      };
      const name = form.source.name.value;
      if (name === null || !isKept(at)) form.files.hold(attached);
      else await form.change({ kind: 'attach', doctype: doctype(), name, ...attached });
      return true;
    } catch (error) {
      const problem = AppError.from(error);
      return fail(
        new AppError(problem.code, t('document.attachments.failed', { name: file.name, reason: problem.message }), problem.details),
      );
    } finally {
      keeping.delete(id);
    }
  }

  function fail(error: AppError): false {
    form.failure.value = error;
    return false;
  }

  const attachAll = (files: Iterable<File>): Promise<void> => form.files.storing(oneAfterTheOther([...files]));

  async function oneAfterTheOther(files: readonly File[]): Promise<void> {
    for (const file of files) await attachOne(file, undefined, null);
  }

  return { local, mayAttach, waitingFor, docinfo, keptHere, keeping, attach, attachAll };
}
