import dayjs from 'dayjs';
import type { LogTail } from '@shared/bridge/app';
import { diagnosticsText } from '@shared/format/diagnostics';
import { documentNames } from '../cache/documents';
import { usePreferences } from './preferences';
import { useProfile } from './profile';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

const mostLines = 500;

/** The log of this device, and a file for whoever helps. */
export function useDiagnostics() {
  const session = useSession();
  const preferences = usePreferences();
  const profile = useProfile();
  const sync = useSync();

  const readLog = (): Promise<LogTail> => session.bridge.app.logTail({ count: mostLines });

  async function makeFile(): Promise<{ fileName: string; text: string }> {
    const [environment, keyStore, log, names] = await Promise.all([
      session.bridge.app.environment({}),
      session.keyStore(),
      readLog(),
      documentNames(useWorkspace().cache),
      sync.room.look(),
    ]);
    const { used, quota, persisted } = sync.room;
    const unsent = sync.outbox.flatMap(({ name, alias, title, file }) => [name, alias ?? '', title ?? '', file?.fileName ?? '']);
    const text = diagnosticsText({
      now: Date.now(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      environment,
      keyStore,
      settings: preferences.settings,
      accounts: session.accounts,
      sync: sync.state,
      storage: { used, quota, persisted },
      profile: profile.entries,
      counts: sync.counts,
      outbox: sync.outbox,
      log,
      names: [...names, ...unsent],
    });
    return { fileName: `fieldbook-diagnostics-${dayjs().format('YYYY-MM-DD')}.txt`, text };
  }

  return { readLog, makeFile };
}
