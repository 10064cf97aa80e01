import { useI18n } from 'vue-i18n';
import { endsEditing } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { discard, resolve, retry, undo } from '../../cache/outbox';
import type { Resolution } from '../../cache/outbox';
import { agreed } from '../../components/agreed';
import { useWorkspace } from '../../stores/session';
import { useSync } from '../../stores/sync';
import { useTask } from '../../stores/use-task';

/** What a person can do with an entry of the outbox; the engine is told each time. Errors stay beside the entry. */
export function useOutboxActions() {
  const { t } = useI18n();
  const { recorder } = useWorkspace();
  const sync = useSync();
  const { busy, error, run } = useTask();

  const act = (step: () => Promise<void>): Promise<void> =>
    run(async () => {
      await step();
      sync.send({ kind: 'saved' });
    });

  const confirmed = (title: string, text: string, button: string): Promise<boolean> =>
    agreed(title, text, { yes: button, no: t('common.cancel'), warns: true });

  async function takeBack(entry: OutboxEntry): Promise<void> {
    const text = entry.operation.kind === 'create' ? t('sync.undoCreateText') : t('sync.undoText');
    if (keepsTyping(entry) || (await confirmed(t('sync.undoTitle'), text, t('sync.undoConfirm'))))
      await act(() => undo(recorder, entry.id));
  }

  /** Asks where something that was typed goes with it. */
  async function giveUp(entry: OutboxEntry): Promise<void> {
    const isGone = entry.state.at === 'parked' && entry.state.problem.kind === 'missing' && entry.state.problem.how === 'gone';
    const text = entry.operation.kind === 'create' ? t('sync.undoCreateText') : t(isGone ? 'sync.discardGoneText' : 'sync.discardText');
    if (endsEditing(entry) || keepsTyping(entry) || (await confirmed(t('sync.discardTitle'), text, t('sync.discardConfirm'))))
      await act(() => discard(recorder, entry.id));
  }

  async function tryNow(entry: OutboxEntry): Promise<void> {
    await act(() => retry(recorder, entry.id));
    sync.send({ kind: 'sync-now' });
  }

  const settle = (entry: OutboxEntry, resolution: Resolution): Promise<void> => act(() => resolve(recorder, entry.id, resolution));

  const steer = (step: () => Promise<unknown>): Promise<void> =>
    run(async () => {
      await step();
    });

  return { busy, error, steer, takeBack, giveUp, tryNow, settle };
}

/** Nothing is lost with it: the file stays on the server. */
const keepsTyping = ({ operation }: OutboxEntry): boolean => operation.kind === 'detach';
