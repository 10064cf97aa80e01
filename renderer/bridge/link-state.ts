import type { Link, LinkState } from './channel';

/** A `Link` and the one function that changes it. */
export function createLink(initial: LinkState): { link: Link; change: (state: LinkState) => void } {
  let current = initial;
  const listeners = new Set<(state: LinkState) => void>();
  return {
    link: {
      get state() {
        return current;
      },
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    change(state) {
      if (state === current) return;
      current = state;
      for (const listener of listeners) listener(state);
    },
  };
}
