import type { LiveHint } from '../bridge/live';

/**
 * What is to be asked of one DocType soon: from when (ms), and the documents that the hints named, with who changed each as
 * far as known; null for any, when they were too many.
 */
export type PendingPull = { dueAt: number; names: ReadonlyMap<string, string | null> | null };

/** `documents`: open ones that changed, by `documentKey`. `all`: everything, since hints may have been missed. */
export type Pending = {
  doctypes: ReadonlyMap<string, PendingPull>;
  documents: ReadonlyMap<string, { doctype: string; name: string; dueAt: number }>;
  all: { dueAt: number } | null;
};

export const nothingPending: Pending = { doctypes: new Map(), documents: new Map(), all: null };

/** Hints that come within this long of each other (ms) are one pull: a save tells several, a mass change thousands. */
const windowMs = 2_000;

/** More names of one DocType than this are not looked at one by one. */
const mostNames = 100;

/** Everybody who listens hears at the same moment: none asks at once, and not all at the same time. */
const jittered = (now: number, random: number): number => now + 300 + Math.round(random * (windowMs - 300));

/**
 * Takes a hint in. The first of a DocType decides when it is pulled, at once or two seconds after its last pull (`pulledAt`, ms);
 * those that follow until then cost nothing. `random` is in [0, 1).
 */
export function withHint(
  pending: Pending,
  hint: LiveHint,
  { now, random, pulledAt }: { now: number; random: number; pulledAt?: number | undefined },
): Pending {
  const dueAt = jittered(now, random);
  switch (hint.kind) {
    case 'missed':
      // The site takes some time to put a connection on its lists.
      return { ...pending, all: pending.all ?? { dueAt: dueAt + windowMs } };
    case 'document': {
      const { doctype, name } = hint;
      const key = documentKey(doctype, name);
      return { ...pending, documents: new Map(pending.documents).set(key, pending.documents.get(key) ?? { doctype, name, dueAt }) };
    }
    case 'list': {
      const known = pending.doctypes.get(hint.doctype);
      const names = namesWith(known, hint);
      const soonest = pulledAt === undefined || pulledAt > now ? dueAt : Math.max(dueAt, pulledAt + windowMs);
      return { ...pending, doctypes: new Map(pending.doctypes).set(hint.doctype, { dueAt: known?.dueAt ?? soonest, names }) };
    }
  }
}

function namesWith(known: PendingPull | undefined, { name, user }: { name: string | null; user: string | null }): PendingPull['names'] {
  if (known?.names === null || name === null) return null;
  const names = new Map(known?.names);
  // Somebody else's change is not hidden by an echo of ours.
  names.set(name, names.has(name) && names.get(name) !== user ? null : user);
  return names.size > mostNames ? null : names;
}

export const documentKey = (doctype: string, name: string): string => `${doctype}\n${name}`;

/**
 * What is due at `now`, and what stays. A pull of everything takes the DocTypes that wait with it. What only echoes the
 * writes of this device, whose answers may have come after the hints, is dropped.
 */
export function takeDue(
  pending: Pending,
  now: number,
  own: { user: string; written: Written },
): {
  all: boolean;
  doctypes: { doctype: string; names: string[] | null }[];
  documents: { doctype: string; name: string }[];
  left: Pending;
} {
  const all = pending.all !== null && pending.all.dueAt <= now;
  const due = [...pending.doctypes].filter(([, { dueAt }]) => all || dueAt <= now);
  const open = [...pending.documents].filter(([, { dueAt }]) => dueAt <= now);
  return {
    all,
    doctypes: due.flatMap(([doctype, { names }]): { doctype: string; names: string[] | null }[] => {
      if (names === null) return [{ doctype, names }];
      const others = [...names].filter(([name, user]) => !isEcho({ doctype, name, user }, own, now)).map(([name]) => name);
      return others.length === 0 ? [] : [{ doctype, names: others }];
    }),
    documents: open.map(([, { doctype, name }]) => ({ doctype, name })),
    left: {
      doctypes: without(pending.doctypes, due),
      documents: without(pending.documents, open),
      all: all ? null : pending.all,
    },
  };
}

const without = <T>(map: ReadonlyMap<string, T>, taken: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => {
  const gone = new Set(taken.map(([key]) => key));
  return new Map([...map].filter(([key]) => !gone.has(key)));
};

/** When something is due next (ms), or null. */
export function nextDue({ doctypes, documents, all }: Pending): number | null {
  const times = [...doctypes.values(), ...documents.values(), ...(all === null ? [] : [all])].map(({ dueAt }) => dueAt);
  return times.length === 0 ? null : Math.min(...times);
}

/** How long (ms) a hint about a document that this device wrote is taken for the echo of that. */
const echoMs = 30_000;

/** What this device wrote lately: when (ms), by `documentKey`. */
export type Written = ReadonlyMap<string, number>;

export function withWritten(written: Written, key: string, now: number): Written {
  const recent = [...written].filter(([, at]) => at <= now && now - at < echoMs);
  return new Map([...recent, [key, now]]);
}

/** Is this change the device's own? What others wrote to the same document has another user. */
function isEcho(
  change: { doctype: string; name: string; user: string | null },
  own: { user: string; written: Written },
  now: number,
): boolean {
  if (change.user !== own.user) return false;
  const at = own.written.get(documentKey(change.doctype, change.name));
  return at !== undefined && at <= now && now - at < echoMs;
}
