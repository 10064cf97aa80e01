import { computed, shallowRef } from 'vue';
import type { ComputedRef } from 'vue';
import type { StoredFile } from '@shared/bridge/files';
import { rowsOf } from '@shared/erp/document';
import type { DocumentValues } from '@shared/erp/document';
import { cellKey } from '@shared/form/validate';
import { attachmentsOf } from '../cache/attachments';
import type { OwnFile } from '../cache/attachments';
import type { AttachedFile } from '../cache/record';
import { useFileNews } from './file-news';
import { useWorkspace } from './session';
import { underWay } from './under-way';
import { useLive } from './use-live';

/**
 * The files that this device puts on a document. Those of a document or row that was not saved yet are held (their bytes are
 * safe already) until it is: they are queued behind it then.
 */
export function useDocumentFiles(doctype: () => string, name: ComputedRef<string | null>) {
  const { cache } = useWorkspace();
  const held = shallowRef<readonly AttachedFile[]>([]);
  /** Bytes are being made safe: a save waits for them, or the file would come too late for it. */
  const { follow: storing, settled } = underWay();
  const news = useFileNews(doctype, () => name.value);
  const recorded = useLive(() => (name.value === null ? [] : attachmentsOf(cache, doctype(), name.value)), { initial: [] });

  const own = computed((): OwnFile[] => [...recorded.value, ...held.value.map((file, at) => asOwnFile(doctype(), file, at))]);

  /** Cells whose file is here, by `cellKey`. */
  const waitingCells = computed(
    (): ReadonlySet<string> =>
      new Set(
        own.value.flatMap(({ fieldname, row, state }) => (fieldname === null || state === null ? [] : [cellKey({ ...row, fieldname })])),
      ),
  );

  /** Another file for the same Attach field takes the place of the first. */
  function hold(file: AttachedFile): void {
    const same = (other: AttachedFile): boolean =>
      file.fieldname !== undefined && other.fieldname === file.fieldname && other.row?.row === file.row?.row;
    held.value = [...held.value.filter((other) => !same(other)), file];
  }

  /**
   * Takes those out that belong to what is being saved. One of a row that came since then stays, as the form is `now`; one of
   * a row that is in neither is given up.
   */
  function release(saved: DocumentValues, now: DocumentValues): AttachedFile[] {
    const isIn = (values: DocumentValues, { row }: AttachedFile): boolean =>
      row === undefined || rowsOf(values, row.table).some((each) => each.name === row.row);
    const there = held.value.filter((file) => isIn(saved, file));
    held.value = held.value.filter((file) => !isIn(saved, file) && isIn(now, file));
    return there;
  }

  /** Of one that is held, by its id. */
  function setPrivate(id: string, isPrivate: boolean): void {
    held.value = held.value.map((file, at) => (heldId(at) === id ? { ...file, isPrivate } : file));
  }

  const drop = (): void => void (held.value = []);

  /** One that waits for its document to be saved is not wanted any more. */
  const giveUp = (id: string): void => void (held.value = held.value.filter((_file, at) => heldId(at) !== id));

  return { own, held, news, giveUp, waitingCells, storing, settled, hold, release, setPrivate, drop };
}

/** It waits for its document or row to be saved, and is in no outbox yet. */
export const isHeld = (file: OwnFile): boolean => file.id.startsWith(heldPrefix);
const heldPrefix = 'held ';
const heldId = (at: number): string => `${heldPrefix}${at}`;

/** Held: it waits for its document like one whose document waits. */
function asOwnFile(doctype: string, file: AttachedFile, at: number): OwnFile {
  const { id, md5, size, type }: StoredFile = file.file;
  return {
    ...{ id: heldId(at), doctype, name: '', file: id, md5, size, type, fileName: file.fileName, isPrivate: file.isPrivate },
    fieldname: file.fieldname ?? null,
    ...(file.row === undefined ? {} : { row: file.row }),
    remote: null,
    ...{ state: { at: 'waiting', on: [] }, entry: null, paused: false, stopping: false },
  };
}
