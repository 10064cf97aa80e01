import { computed, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocInfo } from '@shared/bridge/erp';
import { rowsOf } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import type { RowPath } from '@shared/sync/outbox-entry';
import type { OwnFile } from '../cache/attachments';
import { readDocInfo } from '../cache/comments';
import { keptFiles } from '../cache/kept-files';
import { attachmentsKnown, siteFilesOf } from '../cache/site-files';
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
  const docinfo = useLive(
    () => {
      const name = form.source.name.value;
      return name === null ? undefined : readDocInfo(cache, doctype(), name);
    },
    { initial: undefined },
  );

  const listed = useLive(
    () => {
      const name = form.source.name.value;
      return name === null ? [] : siteFilesOf(cache, doctype(), name);
    },
    { initial: [] },
  );
  /** Files of the server: as the document was opened with last, or, where it never was, as they were listed. */
  const remote = computed((): DocInfo['attachments'] => attachmentsKnown(docinfo.value, listed.value));
  /** Without those that were sent and that the server does not list any more: somebody removed them there. */
  const local = computed(() => {
    const there = docinfo.value && new Set(docinfo.value.attachments.map(({ name }) => name));
    return form.files.own.value.filter(({ remote: sent }) => sent === null || there === undefined || there.has(sent.name));
  });

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
        remote.value.map(({ file_url }) => file_url),
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
        fileName: safeName(file.name),
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

  return { local, remote, mayAttach, waitingFor, docinfo, keptHere, keeping, attach, attachAll };
}

/** The server strips path signs from names; here they go before it sees them. At most 140 characters, the ending kept. */
function safeName(name: string): string {
  const bare = name.replaceAll(/[\\/]/g, '_').trim() || 'file';
  if (bare.length <= 140) return bare;
  const dot = bare.lastIndexOf('.');
  const ending = dot > 0 && bare.length - dot <= 12 ? bare.slice(dot) : '';
  return `${bare.slice(0, 140 - ending.length)}${ending}`;
}
