export type TaskAnswer = { taken: unknown } | { error: string };

/** Has a worker answer the tasks that its page asks of it. */
export function runTasks(run: (task: unknown) => Promise<unknown>): void {
  const answer = (message: TaskAnswer): void => self.postMessage(message);
  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    run(data).then(
      (taken) => answer({ taken }),
      (thrown: unknown) => answer({ error: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown) }),
    );
  });
}
