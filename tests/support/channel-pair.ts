type Listener = (message: unknown) => void;

/** Both ends of a channel that copies messages as a real one does. */
export function channelPair() {
  const [here, there] = [new Set<Listener>(), new Set<Listener>()];
  const end = (mine: Set<Listener>, others: Set<Listener>) => ({
    post: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => others.forEach((listener) => listener(copy)));
    },
    on: (listener: Listener) => void mine.add(listener),
    off: (listener: Listener) => void mine.delete(listener),
  });
  return { main: end(here, there), window: end(there, here) };
}
