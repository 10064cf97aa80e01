import type { OwnFile } from '../cache/attachments';

/** The message that says how far a file is on its way to the server. */
export function uploadWords({ state, paused, stopping }: Pick<OwnFile, 'state' | 'paused' | 'stopping'>): string {
  const at = state?.at;
  if (stopping) return 'filesOut.stoppingShort';
  if (at === 'sending' || (at === 'uncertain' && !paused)) return 'document.attachments.sending';
  if (at === 'parked') return 'document.attachments.parked';
  return paused ? 'filesOut.pausedShort' : 'document.attachments.waiting';
}
