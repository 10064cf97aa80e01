import { computed, toValue } from 'vue';
import { forgetKeptPdf, noteKeptPdf, readKeptPdf } from '../cache/kept-pdf';
import type { KeptPdf } from '../cache/kept-pdf';
import type { DocumentForm } from './document-form';
import { useKeptFiles } from './document-kept-files';
import { useFileViewer } from './file-viewer';
import { useSession, useWorkspace } from './session';
import { useLive } from './use-live';
import { useTask } from './use-task';

/** The PDF of a document as the server prints it: asked for, kept with the document, and looked at again without a network. */
export function useDocumentPdf(form: DocumentForm) {
  const session = useSession();
  const { cache, accountId } = useWorkspace();
  const viewer = useFileViewer();
  const files = useKeptFiles();
  const { busy, error, run } = useTask();

  const doctype = (): string => toValue(form.key).doctype;
  const kept = useLive(
    () => {
      const name = form.source.name.value;
      return name === null ? undefined : readKeptPdf(cache, doctype(), name);
    },
    { initial: undefined },
  );
  /** The document went on since: the PDF shows an earlier version. */
  const older = computed(() => {
    const now = form.beheld();
    const then = kept.value?.modified ?? null;
    return now !== null && then !== null && then < now;
  });

  const show = ({ file }: KeptPdf, name: string): Promise<void> => viewer.open({ fileName: `${name}.pdf`, stored: file });

  const fetch = (format: string, letterhead: boolean): Promise<void> =>
    run(async () => {
      const name = form.source.name.value;
      if (name === null) return;
      const modified = form.beheld();
      const file = await session.bridge.files.fetchPdf({ account: accountId, doctype: doctype(), name, format, letterhead });
      const pdf = { file, format, modified, at: Date.now() };
      await noteKeptPdf(cache, doctype(), name, pdf);
      await show(pdf, name);
      await files.makeRoom();
    });

  async function open(): Promise<void> {
    const name = form.source.name.value;
    const pdf = kept.value;
    if (name === null || pdf === undefined) return;
    await show(pdf, name);
    await noteKeptPdf(cache, doctype(), name, { ...pdf, usedAt: Date.now() });
    const { viewed } = viewer;
    // The bytes went without their note, e.g. with the data folder.
    if (viewed?.at === 'failed' && viewed.error.code === 'not-found') await forgetKeptPdf(cache, doctype(), name);
  }

  return { kept, older, busy, error, fetch, open };
}
