import type { Random } from '../../electron/demo/engine/random';
import { faultNames } from './line';
import { doings } from './people/act';
import { officeActs } from './people/office';

/** What a run is like: chosen by its seed, and the same in every replay. */
export type Conditions = {
  /** Whether the site has a unique field to mark creates with. */
  unique: boolean;
  /** Whether customers go through a workflow. */
  workflow: boolean;
  /** How a create is marked where there is neither that field nor a name. */
  createMarker: 'negative-idx' | 'look-up';
  users: string[];
  /** Who made the orders from before the day. */
  before: string[];
  /** The share of requests that something befalls. */
  badness: number;
  /** What befalls them, and what people do here and in the office: where something is left out, the rest fills the day. */
  faults: string[];
  doings: string[];
  office: string[];
  /** So many steps of a hundred are a crash, or something that the office does. */
  crashes: number;
  officeSteps: number;
  /** So many of a hundred copy a device's database, and as many lose it. */
  losses: number;
  /** The share of devices that begin with a first download. */
  newDevices: number;
  /** In the evening people decide what was laid before them. */
  tidy: boolean;
  /** So many items were imported before the day begins. */
  imported: number;
  /** So many milliseconds the `Date` of the answers is ahead of the site's clock. */
  dateSkewMs: number;
  /** The share of saves after which the server writes once more by itself. */
  hooks: number;
  /** What the server stores is not always what it answers. */
  escapes: boolean;
  /** So many milliseconds each request takes to get there: only then others are under way meanwhile. */
  latencyMs: number;
  /** People ask for something before the engine's start is done. */
  hasty: boolean;
  /** Files are removed and uploads held back, and the office tidies files. */
  files: boolean;
};

const field = 'field@example.com';
const office = 'office@example.com';
const minute = 60_000;

/** `line` is a generator of its own: it draws nothing from the one that the whole run is drawn from. */
export function chooseConditions(random: Random, line: Random): Conditions {
  const unique = random.chance(0.25);
  const createMarker = !unique && random.chance(0.2) ? ('look-up' as const) : ('negative-idx' as const);
  const all = random.chance(0.5) ? [field, office, field] : [field, field, office];
  // A look-up cannot tell the work of one person's two devices apart: there, a person decides.
  const users = createMarker === 'look-up' ? [field] : all.slice(0, random.pick([1, 1, 2, 2, 2, 3]));
  return {
    unique,
    createMarker,
    workflow: random.chance(0.3),
    users,
    before: createMarker === 'look-up' ? [office] : users,
    badness: random.next() * 0.3,
    faults: someOf(random, faultNames),
    doings: someOf(random, doings),
    office: someOf(random, officeActs),
    crashes: random.pick([3, 9, 9, 20]),
    officeSteps: random.pick([4, 10, 10, 25]),
    losses: random.pick([1, 1, 1, 5]),
    newDevices: random.chance(0.1) ? 1 : 0.1,
    tidy: random.chance(0.5),
    // More than a page, or than the names that a later run asks for at once.
    imported: random.chance(0.05) ? (random.chance(0.02) ? 1_100 : 130) : 0,
    // More than an hour is beyond what a look-up bears with.
    dateSkewMs: random.chance(0.2) ? random.int(-50, 50) * minute : 0,
    hooks: random.chance(0.3) ? 0.3 : 0,
    escapes: random.chance(0.3),
    latencyMs: line.chance(0.2) ? line.pick([20, 80]) : 0,
    hasty: line.chance(0.25),
    files: line.chance(0.4),
  };
}

/** All of them, or about half. */
function someOf<T>(random: Random, all: readonly T[]): T[] {
  if (random.chance(0.4)) return [...all];
  const chosen = all.filter(() => random.chance(0.5));
  return chosen.length === 0 ? [random.pick(all)] : chosen;
}

/** How far the clock of one device is off. */
export const chooseSkew = (random: Random): number => (random.chance(0.3) ? random.int(-9 * 60, 9 * 60) * minute : 0);
