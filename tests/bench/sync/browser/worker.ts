import '../../../../renderer/zod-jitless';
import { discard, write } from './baselines';
import { download } from './download';
import { push } from './push';
import type { Task, TaskAnswer, Taken } from './task';

/** One task a worker, so that each begins with an empty heap. */
self.addEventListener('message', ({ data }: MessageEvent<Task>) => {
  run(data).then(
    (taken) => answer({ taken }),
    (thrown: unknown) => answer({ error: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown) }),
  );
});

const answer = (message: TaskAnswer): void => self.postMessage(message);

function run(task: Task): Promise<Taken> {
  switch (task.kind) {
    case 'download':
      return download(task);
    case 'discard':
      return discard(task.pages);
    case 'write':
      return write(task.pages);
    case 'push':
      return push(task);
  }
}
