import '../../support/quick-clone';
import '../../support/zod-jitless';
import { createRandom } from '../../../electron/demo/engine/random';
import type { DemoSite } from '../../../electron/demo/site';
import { record } from '../../../renderer/cache/record';
import { Device } from '../../support/device';
import { turns, VirtualTime } from '../../support/virtual-time';
import { fill, smallSite, template } from '../company';
import type { Template } from '../company';
import { answersASecond, BoundedServer, capacityOf } from './bounded-server';
import { watchRetryAfter } from './honours';
import { rates } from './stampede';

/** `workers`: requests that the server works at in one moment. */
export type FleetOptions = { devices: number; seed: number; workers: number };

/** Rates in requests a second; times in seconds after everybody came back. */
export type FleetOutcome = {
  devices: number;
  done: number;
  requests: number;
  refused: number;
  peak: number;
  mean: number;
  /** What the server could have answered at most. */
  possible: number;
  firstDone: number;
  halfDone: number;
  nearlyAllDone: number;
  allDone: number;
  violations: string[];
};

/** The most that any ten seconds may bring, against the mean, where it is more than the server can answer. */
const mostPeak = 3;
/** The last device may take so many times as long as 95 of a hundred: none is left behind. */
const mostUnfair = 2;
/** The server may stand idle for so much of the time that it would have needed at least. */
const mostIdle = 3;
/** Masters, which a first download brings, and which nobody changes meanwhile. */
const profile = ['Item', 'Warehouse', 'UOM', 'Price List', 'Territory', 'Customer Group', 'Item Group', 'Currency', 'Company', 'Brand'];
/** A pause of the server lasts half of one: few devices are not told apart by that. In seconds. */
const aMinute = 60;
const awayMs = 30 * 60_000;
const longestMs = 3 * 60 * 60_000;

type Seat = { device: Device; names: string[]; doneAt: number | null };

/**
 * So many devices were away for half an hour, in which each made two customers and commented on one; then all of them hear in one
 * moment that the network is back. Each is a whole one: the real engine, cache and client, over a server that can do only so much.
 */
export async function simulateFleet({ devices, seed, workers }: FleetOptions): Promise<FleetOutcome> {
  const capacity = capacityOf(workers);
  const random = createRandom(seed);
  const company = await template({ unique: false, workflow: false });
  const time = new VirtualTime();
  const site = smallSite(company, { unique: false, workflow: false }, time);
  const server = new BoundedServer((request) => site.fetch(request), { ...capacity, time, random: createRandom(seed + 1) });
  const violations: string[] = [];
  let reachable = false;
  const network = async (request: Request): Promise<Response> => {
    if (!reachable)
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error(), { code: 'ENETUNREACH', syscall: 'connect' }),
      });
    return server.fetch(request);
  };
  const seats: Seat[] = [];
  for (let position = 0; position < devices; position += 1) {
    const own = createRandom(seed * 7919 + position);
    const device = new Device({
      site,
      time,
      random: () => own.next(),
      uuid: uuids(seed, position),
      sleep: time.sleep,
      fetch: watchRetryAfter(network, time, (text) => violations.push(`device ${position}: ${text}`)),
    });
    await fill(device, company);
    await device.useProfile(profile);
    await device.engine.start();
    seats.push({ device, names: [], doneAt: null });
  }
  for (const [position, seat] of seats.entries())
    time.after(
      random.int(1, awayMs - 60_000),
      () => void work(seat, position, company).catch((thrown: unknown) => violations.push(String(thrown))),
    );
  await pass(time, awayMs);

  const back = time.now();
  reachable = true;
  for (const { device } of seats) device.engine.handle({ kind: 'wake' });
  await pass(time, longestMs, () => look(seats, back, time.now()) === devices);
  const times = seats.flatMap(({ doneAt }) => (doneAt === null ? [] : [(doneAt - back) / 1000])).sort((a, b) => a - b);
  seats.forEach(({ device }) => device.engine.stop());

  const done = times.length;
  const at = (part: number): number => times[Math.max(0, Math.ceil(done * part) - 1)] ?? NaN;
  const { peak, mean } = rates(server.arrivals, back, back + at(1) * 1000);
  const possible = answersASecond(capacity, server.writes / server.arrivals.length);
  const outcome = { devices, done, requests: server.arrivals.length, refused: server.refused, peak, mean, possible };
  const spread = { firstDone: times[0] ?? NaN, halfDone: at(0.5), nearlyAllDone: at(0.95), allDone: at(1) };
  violations.push(...judge({ ...outcome, ...spread }), ...checkWork(site, seats));
  return { ...outcome, ...spread, violations };
}

/** What a person does while they are away. */
async function work(seat: Seat, position: number, { kept }: Template): Promise<void> {
  const { device } = seat;
  const example = kept.documents.find(({ doctype }) => doctype === 'Customer');
  if (example === undefined) throw new Error('the company has no customer');
  for (const part of ['a', 'b']) {
    const values = { customer_name: `Fleet ${position} ${part}`, customer_type: 'Company' };
    seat.names.push(values.customer_name);
    const { name } = await record(device.ports, { kind: 'create', doctype: 'Customer', values });
    if (part === 'b') await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: `seen by ${position}` });
  }
  device.engine.handle({ kind: 'saved' });
}

/** Time passes for all devices, at most so much, or until it is `enough`. */
async function pass(time: VirtualTime, ms: number, enough: () => boolean = () => false): Promise<void> {
  const until = time.now() + ms;
  await turns();
  while (time.step(until)) {
    await turns();
    if (enough()) return;
  }
}

/** How many are done: all sent, and all looked through since. */
function look(seats: readonly Seat[], back: number, now: number): number {
  for (const seat of seats) {
    const { state } = seat.device.engine;
    if (seat.doneAt === null && (state.lastSync ?? 0) > back && seat.device.journal.entries.size === 0) seat.doneAt = now;
  }
  return seats.filter(({ doneAt }) => doneAt !== null).length;
}

function judge(outcome: Omit<FleetOutcome, 'violations'>): string[] {
  const { devices, done, peak, mean, nearlyAllDone, allDone, requests, possible } = outcome;
  const leastSeconds = requests / possible;
  return [
    ...(done < devices ? [`${devices - done} devices were not done after three hours`] : []),
    ...(peak > possible && peak / mean > mostPeak
      ? [`a stampede: ${peak.toFixed(0)} requests a second at the worst, ${mean.toFixed(0)} in the mean`]
      : []),
    ...(allDone > nearlyAllDone * mostUnfair + aMinute
      ? [`unfair: 95 % were done after ${nearlyAllDone.toFixed(0)} s, the last after ${allDone.toFixed(0)} s`]
      : []),
    ...(allDone > leastSeconds * mostIdle + aMinute
      ? [`the server stood idle: all done after ${allDone.toFixed(0)} s, ${leastSeconds.toFixed(0)} s at least`]
      : []),
  ];
}

/** Everything that anybody made is there, once. */
function checkWork(site: DemoSite, seats: readonly Seat[]): string[] {
  const there = new Map<string, number>();
  for (const { customer_name: name } of site.documents('Customer')) there.set(String(name), (there.get(String(name)) ?? 0) + 1);
  return seats.flatMap(({ names }) =>
    names.filter((name) => there.get(name) !== 1).map((name) => `${name} is there ${there.get(name) ?? 0} times`),
  );
}

function uuids(seed: number, position: number): () => string {
  let number = 0;
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0').slice(-length);
  return () => `${hex(seed, 8)}-${hex(position, 4)}-4000-8000-${hex((number += 1), 12)}`;
}
