import type { Bench } from './report';
import { idle } from './sync/idle';
import { orders } from './sync/orders';
import { time } from './sync/time';
import { updates } from './sync/updates';

/** What syncing costs: requests and bytes as a server sees them, and time in a real browser. */
export const bench: Bench = async (tell) => {
  await orders(tell);
  await idle(tell);
  await updates(tell);
  await time(tell);
};
