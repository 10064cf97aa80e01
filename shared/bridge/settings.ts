import { z } from 'zod';
import { method } from './method';

const values = {
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  language: z.string().max(10),
  /** The user chose not to use the network. */
  workOffline: z.boolean(),
  /** What the kept files of an account may take, in MB (1,000,000 bytes). */
  filesQuotaMb: z.number().int().min(500).max(10_000),
  /** How a create without a unique field or a given name is marked so that it can be found again; see docs/sync.md. */
  createMarker: z.enum(['negative-idx', 'look-up']),
  /** Photos are made smaller before they are kept, to so many pixels on their longest side. */
  photoSide: z.enum(['as-it-is', '2560', '1600']),
  /** What becomes of the place where a photo was taken, which its EXIF tells. */
  photoLocation: z.enum(['kept', 'removed']),
  /** Requests in an hour that sync keeps to; 0: as many as it takes. */
  requestBudget: z.number().int().min(0).max(1_000_000),
  /** `own`: with the dictionaries that the computer itself has; `on`: with such as Chromium fetches. */
  spelling: z.enum(['own', 'on', 'off']),
  /** Newer versions of the app: not looked for, said, or fetched and installed too. */
  updates: z.enum(['off', 'notify', 'automatic']),
};

/** Settings as they are kept; what is missing takes its default. */
export const settingsSchema = z.object({
  theme: values.theme.default('system'),
  density: values.density.default('comfortable'),
  language: values.language.default('en'),
  workOffline: values.workOffline.default(false),
  filesQuotaMb: values.filesQuotaMb.default(2000),
  createMarker: values.createMarker.default('negative-idx'),
  photoSide: values.photoSide.default('as-it-is'),
  photoLocation: values.photoLocation.default('kept'),
  requestBudget: values.requestBudget.default(0),
  spelling: values.spelling.default('own'),
  updates: values.updates.default('notify'),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: method<Settings>()(z.object({})),
  /** Changes only what is given. (Not `settingsSchema.partial()`: that fills in defaults for what is absent.) */
  set: method<Settings>()(z.object(values).partial()),
};
