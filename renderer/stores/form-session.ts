import type { Account } from '@shared/bridge/accounts';
import type { FormSession } from '@shared/form/form-session';

/** What forms know of the person and the moment: `at` (ms) told in the site's time zone. */
export function formSession(account: Account, at: number): FormSession {
  const now = siteTime(at, account.timeZone);
  return { user: account.user, roles: account.roles, defaults: account.defaults, today: now.slice(0, 10), now };
}

/** `YYYY-MM-DD HH:mm:ss` in a time zone; one that this machine does not know falls to its own. */
export function siteTime(at: number, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.DateTimeFormat('en-CA', options);
    throw error;
  }
}
