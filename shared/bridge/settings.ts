import { z } from 'zod';
import { method } from './method';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  language: z.string().max(10).default('en'),
  /** The user chose not to use the network. */
  workOffline: z.boolean().default(false),
  /** How a create without a unique field or a given name is marked so that it can be found again; see docs/sync.md. */
  createMarker: z.enum(['negative-idx', 'look-up']).default('negative-idx'),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: method<Settings>()(z.object({})),
  set: method<Settings>()(settingsSchema.partial()),
};
