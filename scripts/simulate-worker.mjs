import { parentPort, workerData } from 'node:worker_threads';

// One thread of `npm run simulate`: it is told seeds, and answers what came of each.
const { simulateOne } = await import(workerData);
parentPort.on('message', async (seed) => parentPort.postMessage(await simulateOne(seed)));
