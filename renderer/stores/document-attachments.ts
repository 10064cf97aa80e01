import { computed, toValue } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocInfo } from '@shared/bridge/erp';
import { rowsOf } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import { placesLeft } from '@shared/files/admit';
import type { RowPath } from '@shared/sync/outbox-entry';
import type { OwnFile } from '../cache/attachments';
import { readDocInfo } from '../cache/comments';
import { setPrivate } from '../cache/file-privacy';
import { keptFiles } from '../cache/kept-files';
import { attachmentsKnown, siteFilesOf } from '../cache/site-files';
import type { Gathered } from '../components/dropped-files';
import { isHeld } from './document-files';
import type { DocumentForm } from './document-form';
import { useFilesIn } from './files-in';
import type { Destination } from './files-in';
import { useWorkspace } from './session';
import { useLive } from './use-live';

/** Files of a document: those of the server as last seen, those of this device, and those being kept just now. */
export function useAttachments(form: DocumentForm) {
  const { t } = useI18n();
  const { cache, recorder } = useWorkspace();
  const incoming = useFilesIn(form.files.news);
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

  const { most, places } = usePlaces(form, local, remote);

  /** Files are queued behind the document; before that is saved, with its saving. */
  const destination = (fieldname?: string, at: RowPath | null = null): Destination => ({
    doctype: doctype(),
    closed: () => (mayAttach.value ? null : t('document.attachments.noRight')),
    room: async () => ({ most: most(), places: places(fieldname, at) }),
    one: fieldname !== undefined,
    async put(file) {
      const attached = { ...file, ...(fieldname === undefined ? {} : { fieldname }), ...(at === null ? {} : { row: at }) };
      const name = form.source.name.value;
      if (name === null || !isKept(at)) form.files.hold(attached);
      else await form.change({ kind: 'attach', doctype: doctype(), name, ...attached });
    },
  });

  /** For an Attach field, and its row. Answers whether the file is safe on this device. */
  const attach = async (given: Gathered, fieldname: string, at: RowPath | null): Promise<boolean> =>
    (await form.files.storing(incoming.take(given, destination(fieldname, at)))) > 0;

  const attachAll = (given: Gathered): Promise<number> => form.files.storing(incoming.take(given, destination()));

  /** Who may open a file once it is sent. */
  async function choosePrivate(file: OwnFile, isPrivate: boolean): Promise<void> {
    try {
      if (isHeld(file)) form.files.setPrivate(file.id, isPrivate);
      else await setPrivate(recorder, file.id, isPrivate);
    } catch (thrown) {
      form.failure.value = AppError.from(thrown);
    }
  }

  return { local, remote, mayAttach, waitingFor, docinfo, keptHere, incoming, attach, attachAll, choosePrivate };
}

/** How many files the document takes by its DocType, and how many more it takes now. */
function usePlaces(form: DocumentForm, local: DocumentForm['files']['own'], remote: ComputedRef<DocInfo['attachments']>) {
  const most = (): number => form.bundle.value?.doctype.max_attachments ?? 0;
  /** One that is held for the same Attach field makes room. */
  function places(fieldname: string | undefined, at: RowPath | null): number | null {
    const own = local.value.filter(
      (file) => fieldname === undefined || !isHeld(file) || file.fieldname !== fieldname || file.row?.row !== at?.row,
    );
    return placesLeft(most(), remote.value, own);
  }
  return { most, places };
}
