/** Runs a task once those given before it have ended, however they ended; what it answers or throws is its caller's. */
export type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** One after another, in the order in which they are given. */
export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    // The next one waits for this one; whoever called hears of a failure.
    last = mine.catch(() => undefined);
    return mine;
  };
}
