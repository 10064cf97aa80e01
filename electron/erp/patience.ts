/** A signal for one request: aborted by the caller's, or by itself when nothing happened for too long. */
export type Patience = {
  signal: AbortSignal;
  /** Something happened: the time begins anew. */
  renew(): void;
  /** From now on only the caller's signal aborts. */
  rest(): void;
  /** Lets go of both. */
  end(): void;
};

/** @param ms without a sign of life */
export function patience(ms: number, caller: AbortSignal): Patience {
  const own = new AbortController();
  const giveUp = () => own.abort();
  let timer = setTimeout(giveUp, ms);
  const rest = () => clearTimeout(timer);
  if (caller.aborted) giveUp();
  caller.addEventListener('abort', giveUp);
  return {
    signal: own.signal,
    renew() {
      rest();
      timer = setTimeout(giveUp, ms);
    },
    rest,
    end() {
      rest();
      caller.removeEventListener('abort', giveUp);
    },
  };
}
