import { Worker } from 'node:worker_threads';

/**
 * A thread that is given one task after another and answers each with `{ found }` or `{ failed }`. One that fails, or does
 * not answer within `limitMs` (`endless`), is ended, and the next task has a new one.
 */
export function patientWorker(file, { limitMs, workerData }) {
  let worker = null;
  return {
    async ask(task) {
      worker ??= new Worker(file, { workerData });
      const one = worker;
      const answer = await new Promise((resolve) => {
        const settle = (said) => {
          clearTimeout(timer);
          one.off('message', settle).off('error', fail);
          resolve(said);
        };
        const fail = (thrown) => settle({ failed: thrown.stack ?? String(thrown) });
        const timer = setTimeout(() => settle({ failed: `no end after ${limitMs / 60_000} minutes`, endless: true }), limitMs);
        one.on('message', settle).on('error', fail);
        one.postMessage(task);
      });
      if (answer.failed !== undefined) await this.end();
      return answer;
    },
    async end() {
      await worker?.terminate();
      worker = null;
    },
  };
}

/** The thread's own side: answers each task with what `work` finds, or with what it throws. */
export function answerTasks(port, work) {
  port.on('message', async (task) => {
    try {
      port.postMessage({ found: await work(task) });
    } catch (thrown) {
      port.postMessage({ failed: (thrown instanceof Error ? thrown.stack : null) ?? String(thrown) });
    }
  });
}
