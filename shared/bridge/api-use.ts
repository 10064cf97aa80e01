import { z } from 'zod';
import type { Budget } from '../api-use/budget';
import type { UseReport } from '../api-use/report';
import { accountId } from './accounts';
import { method } from './method';

/** What the server said last of its own rate limit, at `at` (ms). `limit` and `remaining` are its units, usually microseconds of work. */
export type Room = { limit: number; remaining: number; resetSeconds: number | null; at: number };

/** `room`: null where the site has no rate limit. `budget`: null where sync keeps to none; `liftedUntil` (ms): until then it does not. */
export type ApiUse = { report: UseReport; room: Room | null; budget: (Budget & { liftedUntil: number | null }) | null };

/** What an account asks of its server, counted in the main process where it is asked. */
export const apiUse = {
  read: method<ApiUse>()(z.object({ account: accountId, span: z.enum(['hour', 'day']) })),
  /** A person wants sync to go on although its budget is used up: for ten minutes it may. */
  liftBudget: method<null>()(z.object({ account: accountId })),
};
