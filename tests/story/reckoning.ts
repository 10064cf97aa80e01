import type { Office } from './office';

/** Something done in the app, and how to tell from the server's own documents that it is there. */
export type Deed = {
  what: string;
  /** How many documents or files of the server are this deed's. One is right, none is lost, more are doubles. */
  count(office: Office): number;
};

/** Something that a colleague did meanwhile and that must still stand. */
export type ColleaguesDeed = { what: string; stands(office: Office): boolean };

/** All counted on the server or in the browser's database, never taken from the app's own counters. */
export type Reckoning = {
  downloaded: number;
  offlineLookups: number;
  offlineChanges: number;
  attachments: number;
  reconciled: number;
  lost: number;
  duplicated: number;
  overwritten: number;
  needsYou: number;
};

export type Reckoned = Pick<Reckoning, 'reconciled' | 'lost' | 'duplicated' | 'overwritten'> & { complaints: string[] };

export function reckon(office: Office, deeds: readonly Deed[], colleagues: readonly ColleaguesDeed[]): Reckoned {
  const complaints: string[] = [];
  let reconciled = 0;
  let lost = 0;
  let duplicated = 0;
  for (const deed of deeds) {
    const count = deed.count(office);
    if (count === 1) reconciled += 1;
    else if (count === 0) lost += 1;
    else duplicated += count - 1;
    if (count !== 1) complaints.push(`${deed.what}: found ${count} times on the server`);
  }
  const gone = colleagues.filter((deed) => !deed.stands(office));
  complaints.push(...gone.map((deed) => `${deed.what}: no longer stands on the server`));
  return { reconciled, lost, duplicated, overwritten: gone.length, complaints };
}
