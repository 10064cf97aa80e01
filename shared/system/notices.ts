import type { Place, Told } from '../bridge/system';

/** One notification: what needs the person, and the screen that a click opens. */
export type Notice = { kind: 'needs-you'; count: number } | { kind: 'sign-in'; unsent: number } | { kind: 'downloaded' };

/** A download shorter than this (ms) ends before anybody waits for it: rounds of syncing are such. */
const longDownloadMs = 60_000;

/**
 * What is worth a notification between two things that the window told, while nobody looks at it. What went right in the background
 * is not, but for a long download that the person left alone. What was so before, and what belongs to another account, is no news.
 */
export function noticesOf(before: Told | null, now: Told): Notice[] {
  if (before === null || before.account === null || before.account !== now.account) return [];
  const notices: Notice[] = [];
  if (now.needsYou > before.needsYou) notices.push({ kind: 'needs-you', count: now.needsYou });
  if (now.pill === 'sign-in' && before.pill !== 'sign-in') notices.push({ kind: 'sign-in', unsent: now.unsent });
  const { since } = before.download;
  const { lastSync } = now.download;
  if (since !== null && now.download.since === null && lastSync !== null && lastSync - since >= longDownloadMs)
    notices.push({ kind: 'downloaded' });
  return notices;
}

export const placeOf = (notice: Notice): Place =>
  (({ 'needs-you': 'needs-you', 'sign-in': 'sign-in', downloaded: 'get-ready' }) as const)[notice.kind];
