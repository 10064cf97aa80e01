import { notFrappe } from '@shared/erp/classify';
import type { AppError, ServerMessage } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { Operation, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import type { Site } from '../site';

/** What one attempt, or one look for an earlier attempt, came to. */
export type Outcome =
  /** `lookedUp`: found on the server, not answered; `after` runs in the transaction that ends the entry. */
  | { kind: 'done'; doc: Doc | null; messages: ServerMessage[]; lookedUp?: true; after?: () => Promise<void> }
  /** The document is not on the server any more. */
  | { kind: 'gone' }
  /** It was not done: send (again). `now`: at once. */
  | { kind: 'send'; now: boolean }
  /** Looked for and not found, which does not count yet. */
  | { kind: 'not-yet'; date: string | null }
  | { kind: 'park'; problem: Problem }
  /** The entry was changed in the database already (merged, parked, ended). */
  | { kind: 'settled'; now: boolean }
  | { kind: 'failed'; error: AppError };

/** An entry about to be sent, with its operation told apart. */
export type Attempt<K extends Operation['kind']> = { entry: OutboxEntry; operation: Extract<Operation, { kind: K }> };

/** How one kind of operation is sent, and how a lost answer is looked for. */
export type Handler<K extends Operation['kind']> = {
  /** Resolves with what the server did, or rejects with its AppError. */
  send(site: Site, attempt: Attempt<K>): Promise<Outcome>;
  settle(site: Site, attempt: Attempt<K>): Promise<Outcome>;
};

export const done = (doc: Doc | null, messages: ServerMessage[] = []): Outcome => ({ kind: 'done', doc, messages });

/** An earlier attempt was found to have been done. */
export const found = (doc: Doc): Outcome => ({ kind: 'done', doc, messages: [], lookedUp: true });

/** What cannot be sent, said by this device in the server's place. */
export const refusedHere = (message: string): Problem => ({ kind: 'refused', code: 'refused', message, serverMessages: [], fields: [] });

export const refusal = (message: string): Outcome => ({ kind: 'park', problem: refusedHere(message) });

/** A success that does not tell what the server did: whatever answered, it is looked for. */
export const saysNothing = (request: string): AppError => notFrappe({ status: 200, contentType: null, body: '', request });
