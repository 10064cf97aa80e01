import type { Random } from '../../electron/demo/engine/random';

/** What a run is like: chosen by its seed, and the same in every replay. */
export type Conditions = {
  /** Whether the site has a unique field to mark creates with. */
  unique: boolean;
  /** Whether customers go through a workflow. */
  workflow: boolean;
  /** How a create is marked where there is neither that field nor a name. */
  createMarker: 'negative-idx' | 'look-up';
  users: string[];
  /** The share of requests that something befalls. */
  badness: number;
  /** So many milliseconds the `Date` of the answers is ahead of the site's clock. */
  dateSkewMs: number;
  /** The share of saves after which the server writes once more by itself. */
  hooks: number;
  /** What the server stores is not always what it answers. */
  escapes: boolean;
};

const field = 'field@example.com';
const office = 'office@example.com';
const minute = 60_000;

export function chooseConditions(random: Random): Conditions {
  const unique = random.chance(0.25);
  const createMarker = !unique && random.chance(0.2) ? ('look-up' as const) : ('negative-idx' as const);
  const all = random.chance(0.5) ? [field, office, field] : [field, field, office];
  return {
    unique,
    createMarker,
    workflow: random.chance(0.3),
    // A look-up cannot tell the work of one person's two devices apart: there, a person decides.
    users: createMarker === 'look-up' ? [field] : all.slice(0, random.pick([1, 1, 2, 2, 2, 3])),
    badness: random.next() * 0.3,
    // More than an hour is beyond what a look-up bears with.
    dateSkewMs: random.chance(0.2) ? random.int(-50, 50) * minute : 0,
    hooks: random.chance(0.3) ? 0.3 : 0,
    escapes: random.chance(0.3),
  };
}

/** How far the clock of one device is off. */
export const chooseSkew = (random: Random): number => (random.chance(0.3) ? random.int(-9 * 60, 9 * 60) * minute : 0);
