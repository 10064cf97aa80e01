import '../../../../renderer/zod-jitless';
import { runTasks } from '../../browser/run-tasks';
import { discard, write } from './baselines';
import { download } from './download';
import { push } from './push';
import type { Task, Taken } from './task';

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

// What the page of this bench posts.
runTasks((task) => run(task as Task));
