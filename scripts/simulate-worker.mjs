import { parentPort, workerData } from 'node:worker_threads';
import { answerTasks } from './patient-worker.mjs';

// One thread of `npm run simulate`: it is told seeds, and answers what came of each.
const { simulateOne } = await import(workerData);
answerTasks(parentPort, simulateOne);
