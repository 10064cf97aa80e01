import { z } from 'zod';
import { withoutSecrets } from '@shared/console/without-secrets';
import type { Cache } from './open-cache';

const key = 'console';
const most = 50;

/** `args`: as they may be kept; `left`: whether a value was left out of them. `ended`: how it came out. `at` (ms). */
const schema = z.array(
  z.object({
    http: z.enum(['GET', 'POST']),
    path: z.string(),
    args: z.record(z.string(), z.unknown()),
    left: z.boolean(),
    at: z.number(),
    ended: z.enum(['answered', 'failed', 'cancelled']),
  }),
);

export type ConsoleCall = z.infer<typeof schema>[number];

/** What was called from this device, the newest first. Answers are not kept. */
export async function readConsole(cache: Cache): Promise<ConsoleCall[]> {
  const kept = schema.safeParse((await cache.meta.get(key))?.value);
  return kept.success ? kept.data : [];
}

/** The same call stands there once, as it was made last. */
export async function noteCall(cache: Cache, { args, ...call }: Omit<ConsoleCall, 'left'>): Promise<void> {
  const { value, left } = withoutSecrets(args);
  const noted: ConsoleCall = { ...call, args: value, left };
  await cache.transaction('rw', cache.meta, async () => {
    const others = (await readConsole(cache)).filter((each) => !isSame(each, noted));
    await cache.meta.put({ key, value: [noted, ...others].slice(0, most) });
  });
}

export async function forgetCalls(cache: Cache): Promise<void> {
  await cache.meta.delete(key);
}

const isSame = (a: ConsoleCall, b: ConsoleCall): boolean =>
  a.http === b.http && a.path === b.path && JSON.stringify(a.args) === JSON.stringify(b.args);
