import { useEventListener } from '@vueuse/core';
import { useSession } from '../../stores/session';
import { useSync } from '../../stores/sync';

/**
 * A browser tab that is closed with unsent work asks first. In the browser's own words: a page may not choose them.
 * Electron's window has a question of its own, which says what waits.
 */
export function useTabGuard(): void {
  const session = useSession();
  const sync = useSync();
  useEventListener(window, 'beforeunload', (event) => {
    if (session.environment?.host === 'headless' && sync.outbox.length > 0) event.preventDefault();
  });
}
