import { ElMessage } from 'element-plus';
import { toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocType } from '@shared/erp/doctype';
import { rightsOf } from '@shared/erp/permissions';
import { AppError } from '@shared/errors';
import { placesLeft } from '@shared/files/admit';
import { attachmentsOf } from '../cache/attachments';
import { readDocInfo } from '../cache/comments';
import type { LocalDocument } from '../cache/documents';
import { inList } from '../cache/file-news';
import { record } from '../cache/record';
import type { Gathered } from '../components/dropped-files';
import { useFileNews } from './file-news';
import { useFilesIn } from './files-in';
import type { Destination } from './files-in';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/** Files for a document that stands in the list of a DocType: they are attached to it without opening it. */
export function useRowFiles(list: string, structure: MaybeRefOrGetter<DocType | undefined>) {
  const { t } = useI18n();
  const session = useSession();
  const sync = useSync();
  const { cache, recorder } = useWorkspace();
  const incoming = useFilesIn(
    useFileNews(
      () => list,
      () => inList,
    ),
  );

  /** The server takes files from who may change the document. */
  function mayAttach({ doc }: LocalDocument): boolean {
    const doctype = toValue(structure);
    if (doctype === undefined || session.account === null) return false;
    return rightsOf(doctype, session.account, typeof doc.owner === 'string' ? doc.owner : undefined).write;
  }

  const destination = (row: LocalDocument): Destination => {
    const { doctype, name } = row.doc;
    const most = toValue(structure)?.max_attachments ?? 0;
    return {
      doctype,
      closed: () => (mayAttach(row) ? null : t('document.attachments.noRight')),
      async room() {
        const [info, own] = await Promise.all([readDocInfo(cache, doctype, name), attachmentsOf(cache, doctype, name)]);
        return { most, places: placesLeft(most, info?.attachments ?? [], own) };
      },
      one: false,
      async put(file) {
        await record(recorder, { kind: 'attach', doctype, name, ...file });
        sync.send({ kind: 'saved' });
      },
    };
  };

  /** @param title what the person knows the document by */
  async function take(row: LocalDocument, title: string, given: Promise<Gathered>): Promise<void> {
    try {
      const n = await incoming.take(await given, destination(row));
      if (n > 0) ElMessage({ message: t('filesIn.attachedTo', { n, title }, n), type: 'success', grouping: true, offset: 64 });
    } catch (thrown) {
      incoming.tell([AppError.from(thrown).message], []);
    }
  }

  return { incoming, mayAttach, take };
}
