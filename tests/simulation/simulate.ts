import '../support/quick-clone';
import '../support/zod-jitless';
import { AppError } from '@shared/errors';
import type { SyncCommand } from '@shared/sync/sync-state';
import { createRandom } from '../../electron/demo/engine/random';
import type { Random } from '../../electron/demo/engine/random';
import type { DemoSite } from '../../electron/demo/site';
import { Device } from '../support/device';
import type { Backup } from '../support/device';
import { turns, VirtualTime } from '../support/virtual-time';
import { addOrders, fill, importItems, profile, smallSite, template } from './company';
import { chooseConditions, chooseSkew } from './conditions';
import type { Conditions } from './conditions';
import { Process } from './crash';
import { checkPromises, checkPulled } from './invariants';
import { watchPauses, watchTraffic } from './manners';
import { longestAfterwards } from './habits';
import { badNetwork } from './network';
import type { Network } from './network';
import { act } from './people/act';
import { attachFile, filesBefore, letAllGo, removeFile, sawFiles, steerUploads, theOfficeTidiesFiles } from './people/files';
import { theOfficeActs, widen } from './people/office';
import { NothingToDo } from './people/scene';
import { Versions } from './versions';
import { pickWeighed } from './weighed';
import { Witness } from './witness';

export type Outcome = { seed: number; violations: string[]; crashes: number; faults: number; story: string[] };

/** A person at a device whose process may die at any effect. */
type Seat = {
  device: Device;
  process: Process;
  offline: boolean;
  signingIn: boolean;
  backup: Backup | null;
  traffic: Traffic;
  newTraffic: () => Traffic;
};

type Traffic = (request: Request) => Promise<Response>;

/** One run: the same seed gives the same people, faults and crashes in the same order. */
export async function simulateOne(seed: number, inspect: (world: World) => Promise<void> = async () => undefined): Promise<Outcome> {
  const world = await begin(seed);
  const { random, seats, witness, site, network, story } = world;
  const steps = random.int(12, 32);
  for (let step = 0; step < steps; step += 1) {
    const seat = random.pick(seats);
    story.push(`${step}: ${await next(world, seat, random)}`);
    await takeNote(world, seat);
    await filesToo(world, seat);
  }
  await heal(world);
  await inspect(world);
  await checkPromises(
    site,
    seats.map(({ device }) => device),
    witness,
  );
  seats.forEach(({ device }) => device.engine.stop());
  return { seed, violations: witness.violations, crashes: world.crashes, faults: network.faults(), story };
}

type World = {
  random: Random;
  /** Draws what is asked for during a start, and nothing from the other. */
  haste: Random;
  /** Draws what is done with files besides attaching them. */
  files: Random;
  conditions: Conditions;
  time: VirtualTime;
  site: DemoSite;
  witness: Witness;
  versions: Versions;
  network: Network;
  seats: Seat[];
  story: string[];
  crashes: number;
};

async function begin(seed: number): Promise<World> {
  const random = createRandom(seed);
  const conditions = chooseConditions(random, createRandom(seed * 17 + 5));
  const company = await template(conditions);
  const time = new VirtualTime();
  const site = smallSite(company, conditions, time);
  const witness = new Witness();
  const story: string[] = [];
  const versions = new Versions();
  const office = (): void => void story.push(`   meanwhile ${theOffice({ site, random, witness, versions, conditions })}`);
  const network = badNetwork({ site, time, random, witness, conditions, office, tell: (line) => story.push(`       ${line}`) });
  const haste = createRandom(seed * 19 + 11);
  const files = createRandom(seed * 23 + 7);
  const world: World = { random, haste, files, conditions, time, site, witness, versions, network, seats: [], story, crashes: 0 };
  if (conditions.imported > 0) importItems(site, conditions.imported);
  addOrders(site, random, conditions.before);
  if (conditions.files) await filesBefore({ site, random: files, witness });
  versions.note(site);
  for (const user of conditions.users) {
    const send: Traffic = async (request) => {
      const answer = await network.fetch(request);
      if (request.method !== 'GET') versions.note(site);
      return answer;
    };
    const newTraffic = (): Traffic => watchTraffic(send, { time, witness });
    const begun = { process: new Process(), offline: false, signingIn: false, backup: null, traffic: newTraffic(), newTraffic };
    // The device is made next, with ports that this seat watches.
    const seat = begun as Seat;
    const uuid = uuids(createRandom(seed * 31 + world.seats.length));
    seat.device = new Device({
      site,
      time,
      user,
      profile,
      uuid,
      random: () => random.next(),
      fetch: (request) => seat.traffic(request),
      tell: (line) => story.push(`       ${user}: ${line}`),
      settings: { createMarker: conditions.createMarker },
      skewMs: chooseSkew(random),
      sleep: time.sleep,
      wrap: (ports) => seat.process.wrap({ ...ports, bridge: watchPauses(ports.bridge, { time, witness, offline: () => seat.offline }) }),
    });
    const isNew = random.chance(conditions.newDevices);
    if (!isNew) await fill(seat.device, company);
    if (!isNew && conditions.files) await sawFiles(seat.device, site);
    await seat.device.useProfile();
    world.seats.push(seat);
    // A first download is long, and often cut off.
    if (random.chance(isNew ? 0.7 : 0.3)) seat.process.dieAt(random.int(1, isNew ? 60 : 25), random.chance(0.5));
    await start(world, seat);
  }
  return world;
}

/** The engine starts; in some runs its person does not wait for that. */
async function start(world: World, seat: Seat): Promise<void> {
  const { conditions, haste, site, story } = world;
  const starting = seat.device.engine.start();
  const customers = site.documents('Customer');
  const opened = { kind: 'refresh' as const, doctype: 'Customer', name: customers.length === 0 ? 'nobody' : haste.pick(customers).name };
  if (conditions.hasty) {
    const plain = ['saved', 'wake', 'signed-in', 'sync-now', 'rebuild'] as const;
    const command = haste.pick<SyncCommand>([...plain.map((kind) => ({ kind })), opened]);
    story.push(`   during the start: ${command.kind}`);
    seat.device.engine.handle(command);
  }
  await alive(world, seat, starting);
}

/** What a device shows is checked, and the names that it knows are remembered. */
async function takeNote(world: World, seat: Seat): Promise<void> {
  await alive(world, seat, world.versions.check(seat.device, world.witness));
  await alive(world, seat, world.witness.learnNames(seat.device));
}

/** Between two steps somebody may attach a file, take one away, or hold one back. */
async function filesToo(world: World, seat: Seat): Promise<void> {
  const { files: random, site, witness, conditions, story } = world;
  if (!conditions.files) return;
  if (random.chance(0.15)) story.push(`   the office ${theOfficeTidiesFiles({ site, random, witness })}`);
  const act = random.chance(0.25) ? attachFile : random.chance(0.5) ? removeFile : random.chance(0.2) ? steerUploads : null;
  if (act === null) return;
  story.push(
    `   ${await alive(
      world,
      seat,
      tried(() => act({ device: seat.device, site, random, witness })),
    )}`,
  );
}

/** What cannot be done now is refused to the person, who then knows that it was not saved. */
async function tried(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof NothingToDo) return 'no file to do anything with';
    const { code } = AppError.from(thrown);
    if (code !== 'refused' && code !== 'not-found') throw thrown;
    return 'a file (refused)';
  }
}

type Office = Pick<World, 'site' | 'random' | 'witness' | 'versions' | 'conditions'>;

/** Somebody in the office does something, and what it made of the orders is noted. */
function theOffice({ conditions, versions, ...office }: Office): string {
  const done = theOfficeActs(office, conditions.office);
  versions.note(office.site);
  return done;
}

async function next(world: World, seat: Seat, random: Random): Promise<string> {
  const { device, process } = seat;
  const { crashes, officeSteps, losses } = world.conditions;
  switch (weighed(random, { act: 55, office: officeSteps, time: 18, signal: 6, crash: crashes, copy: losses, loss: losses })) {
    case 'act':
      return personActs(world, seat);
    case 'office':
      return theOffice(world);
    case 'time': {
      const seconds = random.pick([1, 5, 30, 90, 200, 400]);
      device.engine.handle({ kind: 'saved' });
      await pass(world, seconds * 1000, () => meanwhile(world));
      for (const each of world.seats) await takeNote(world, each);
      return `${seconds} s pass`;
    }
    case 'signal':
      seat.offline = !seat.offline;
      device.workOffline(seat.offline);
      return seat.offline ? 'goes offline' : 'comes back';
    case 'crash':
      process.dieAt(random.int(1, 25), random.chance(0.5));
      return 'will crash soon';
    case 'copy': {
      if (seat.backup !== null) return 'nothing';
      const copy = await alive(world, seat, device.backUp());
      if (copy !== 'crash') seat.backup = copy;
      return 'the database is copied';
    }
    case 'loss':
      return loseDatabase(world, seat, random);
  }
}

/** One of the keys, each as often as its value says. */
function weighed<K extends string>(random: Random, weights: Record<K, number>): K {
  // The keys of an object are those that its type says.
  return pickWeighed(random, Object.keys(weights) as K[], (key) => weights[key]);
}

/** The person at a device does something, which its process may not survive. */
function personActs(world: World, seat: Seat): Promise<string> {
  const { site, random, witness, conditions } = world;
  return alive(world, seat, act({ device: seat.device, site, random, witness }, conditions.doings));
}

/** What the browser kept is gone, or is what it was some time ago. */
async function loseDatabase(world: World, seat: Seat, random: Random): Promise<string> {
  const { device, process, backup } = seat;
  await Promise.race([device.settle(), process.killed]);
  if (!process.dead) await world.witness.learnNames(device);
  process.end();
  world.witness.bereaves(device);
  world.versions.forget(device);
  const older = backup !== null && random.chance(0.7);
  if (older) await device.restoreBackUp(backup);
  else device.loseDatabase();
  await restart(world, seat);
  return older ? 'the browser has an older database' : 'the browser loses its database';
}

/** Waits for what a person does; if the process dies meanwhile, it is started anew. */
async function alive<T>(world: World, seat: Seat, doing: Promise<T>): Promise<T | 'crash'> {
  const done = await Promise.race([
    doing.catch((thrown: unknown) => {
      if (seat.process.dead) return 'crash' as const;
      throw thrown;
    }),
    seat.process.killed.then(() => 'crash' as const),
  ]);
  if (seat.process.dead) await revive(world, seat);
  return done;
}

/** People do not wait for the engine: now and then one acts between two things that it does. */
async function meanwhile(world: World): Promise<void> {
  const { random, seats, story } = world;
  if (!random.chance(0.1)) return;
  const seat = random.pick(seats);
  story.push(`   meanwhile: ${await personActs(world, seat)}`);
  seat.device.engine.handle({ kind: 'saved' });
  await takeNote(world, seat);
}

/** Time passes for everybody; a process that died in it is started anew. */
async function pass(world: World, ms: number, between: () => Promise<void> = async () => undefined): Promise<void> {
  const until = world.time.now() + ms;
  do {
    for (const seat of world.seats) {
      await Promise.race([seat.device.settle(), seat.process.killed]);
      if (seat.process.dead) await revive(world, seat);
      signInAgain(world, seat);
    }
    await between();
  } while (world.time.step(until));
}

/** Asked for their password, people give it after a while. */
function signInAgain({ time, random }: World, seat: Seat): void {
  if (seat.device.engine.state.connectivity.kind !== 'sign-in' || seat.signingIn) return;
  seat.signingIn = true;
  time.after(random.int(1_000, 300_000), () => {
    seat.signingIn = false;
    seat.device.engine.handle({ kind: 'signed-in' });
  });
}

async function revive(world: World, seat: Seat): Promise<void> {
  world.crashes += 1;
  world.story.push('   crash');
  await turns();
  await restart(world, seat);
}

async function restart(world: World, seat: Seat): Promise<void> {
  seat.process = new Process();
  // What was under way goes on without anybody.
  seat.traffic = seat.newTraffic();
  seat.device.restart();
  await seat.device.useProfile();
  await start(world, seat);
}

/** The line is good again, and everybody has time. */
async function heal(world: World): Promise<void> {
  world.network.heal();
  widen(world.site);
  for (const seat of world.seats) {
    seat.process.dieAt(Number.POSITIVE_INFINITY, false);
    seat.offline = false;
    seat.device.workOffline(false);
    if (world.conditions.files) await alive(world, seat, letAllGo(seat.device));
  }
  // What was to be committed late has been by then, and looking for it counts.
  await pass(world, 6 * 60_000);
  await world.network.settled();
  await settle(world);
  if (world.conditions.tidy) await tidyUp(world);
  await pass(world, longestAfterwards);
  world.seats.forEach(({ device }) => device.engine.handle({ kind: 'download' }));
  await pass(world, 10_000);
  // What was hidden for a while is not found by looking for what is new.
  if (!world.witness.hidden)
    await checkPulled(
      world.site,
      world.seats.map(({ device }) => device),
      world.witness,
    );
  // Names are compared when somebody asks for it, and every hour where nobody does.
  const asked = world.random.chance(0.9);
  const done = await quiet(world);
  await compareNames(world, asked, 4);
  if (done && (await quiet(world))) return;
  // What is seen again only now, or is decided last, may have to be looked for, and what is done then to be seen by all.
  await settle(world);
  await pass(world, longestAfterwards);
  await compareNames(world, asked, 1);
}

/** Until nothing goes on by itself; each that is looked for in vain takes its minutes, one after the other. */
async function settle(world: World): Promise<void> {
  for (let minutes = 0; minutes < 30 && !(await quiet(world)); minutes += 1) await pass(world, 60_000);
}

async function compareNames(world: World, asked: boolean, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    if (asked) world.seats.forEach(({ device }) => device.engine.handle({ kind: 'sync-now' }));
    await pass(world, asked ? 10_000 : 75 * 60_000);
  }
}

/** Everybody looks through what waits for them, more than once, since a decision may lead to the next. */
async function tidyUp(world: World): Promise<void> {
  const { site, random, witness, story } = world;
  for (let round = 0; round < 3; round += 1) {
    let decided = false;
    for (const { device } of world.seats) {
      const done = await act({ device, site, random, witness }, ['decide']);
      if (done === 'nothing') continue;
      decided = true;
      story.push(`   evening: ${done}`);
      device.engine.handle({ kind: 'saved' });
    }
    if (!decided) return;
    await pass(world, 120_000);
  }
}

/** Nothing is left that goes on by itself. */
async function quiet({ seats }: World): Promise<boolean> {
  for (const { device } of seats) {
    const due = await device.cache.outbox.where('state.at').anyOf('queued', 'sending', 'uncertain').toArray();
    if (due.length > 0) return false;
  }
  return true;
}

/** UUIDs that are the same in every replay. */
function uuids(random: Random): () => string {
  const hex = (digits: number): string => Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join('');
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
