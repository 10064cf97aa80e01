import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { Log } from './recorder';

/** One line of the log for one decision about an entry, with its reason; eight digits of its id tie its lines together. */
export const decided = (
  { log }: { log: Log },
  { id, doctype, operation }: Pick<OutboxEntry, 'id' | 'doctype' | 'operation'>,
  decision: string,
): void => log('info', `${operation.kind} ${doctype} ${id.slice(0, 8)}: ${decision}`);
