import type { EntryState } from '@shared/sync/outbox-entry';

/** The message that says how far a file is on its way to the server. */
export const uploadWords = ({ at }: EntryState): string =>
  `document.attachments.${at === 'parked' ? 'parked' : at === 'sending' || at === 'uncertain' ? 'sending' : 'waiting'}`;
