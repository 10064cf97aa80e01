import { computed, toValue } from 'vue';
import { useI18n } from 'vue-i18n';
import { isOpen } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { OwnFile } from '../cache/attachments';
import type { SeenFile } from '../cache/detach';
import { undo } from '../cache/outbox';
import { agreed } from '../components/agreed';
import type { DocumentForm } from './document-form';
import { useFileSteering } from './file-steering';
import { useWorkspace } from './session';
import { useSync } from './sync';

/** Files are removed from an open document, those of the server as well as those on their way there. */
export function useFileRemoval(form: DocumentForm) {
  const { t } = useI18n();
  const { recorder } = useWorkspace();
  const sync = useSync();
  const steering = useFileSteering();

  /** The server lets those remove a file who may write its document. */
  const may = computed(() => (form.isNew.value ? form.rights.value.create : form.rights.value.write));

  const removals = computed(
    (): ReadonlyMap<string, OutboxEntry> =>
      new Map(
        form.source.entries.value.value.flatMap((entry) =>
          entry.operation.kind === 'detach' ? [[entry.operation.file, entry] as const] : [],
        ),
      ),
  );

  /** Is the File about to be removed? */
  const isGoing = (file: string | undefined): boolean => file !== undefined && removals.value.has(file);

  /** The removal of a File that can be taken back yet; null where there is none. */
  function goingOf(file: string | undefined): string | null {
    const entry = file === undefined ? undefined : removals.value.get(file);
    return entry !== undefined && isOpen(entry) ? entry.id : null;
  }

  const asks = (name: string, what: 'unsent' | 'sending' | 'sent'): Promise<boolean> =>
    agreed(t('filesOut.ask.title', { name }), t(`filesOut.ask.${what}`), {
      yes: t('filesOut.remove'),
      no: t('common.cancel'),
      warns: true,
    });

  /** @throws AppError where it may not be removed. */
  async function remove(file: { own: OwnFile } | { there: SeenFile }): Promise<void> {
    if ('own' in file) return removeOwn(file.own);
    const name = form.source.name.value;
    if (name === null || !(await asks(file.there.shown, 'sent'))) return;
    await form.change({ kind: 'detach', doctype: toValue(form.key).doctype, name, ...file.there });
  }

  async function removeOwn(file: OwnFile): Promise<void> {
    const at = file.state?.at;
    const what = at === undefined ? 'sent' : at === 'sending' || at === 'uncertain' ? 'sending' : 'unsent';
    if (!(await asks(file.fileName, what))) return;
    // One that waits for its document to be saved is in no outbox yet.
    if (file.entry === null && file.state !== null) form.files.giveUp(file.id);
    else await steering.remove(file, file.state);
  }

  async function keep(entry: string): Promise<void> {
    await undo(recorder, entry);
    sync.send({ kind: 'saved' });
  }

  return { may, isGoing, goingOf, remove, keep };
}
