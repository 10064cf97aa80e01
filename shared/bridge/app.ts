import { z } from 'zod';
import { method } from './method';

export type Environment = {
  host: 'electron' | 'headless';
  version: string;
  platform: string;
  /** Opened with `--demo`: go straight into the demo data. */
  startInDemo: boolean;
};

export const app = {
  environment: method<Environment>()(z.object({})),
  /** http(s) only; anything else is refused. */
  openExternal: method<null>()(z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) })),
  log: method<null>()(
    z.object({ level: z.enum(['debug', 'info', 'warn', 'error']), scope: z.string().max(40), message: z.string().max(4000) }),
  ),
};
