import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createRandom } from '../../electron/demo/engine/random';
import type { DemoSite } from '../../electron/demo/site';
import { loadDemo } from '../support/demo-server';
import { openDisplay } from '../support/display';
import { startElectronApp } from '../support/electron-app';
import { withFaults } from '../support/faults';
import { startHeadlessApp } from '../support/headless-app';
import type { RunningApp } from '../support/running-app';
import { until } from '../support/until';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { buildHands, giveHands } from './hands';
import { Person } from './person';
import type { Plan } from './person';
import { isWrite, Weather } from './weather';
import { judge } from './witness';
import type { Intent } from './witness';

export type KillOptions = { times: number; seed: number; host: 'electron' | 'headless' };
export type KillResult = { passed: number; failed: number };

/** After this long everything that was lost has been looked for twice and sent again (150 s each), with time to spare. */
const settlingMs = 480_000;

/** A round in which less is sent than was hoped for ends after this long. */
const patienceMs = 3_000;

/**
 * Kills the app's real processes at random moments of a sync with a server that loses answers, so many times, on one data
 * folder; then lets everything be sent and counts at the server. Prints a line a kill and a line of figures.
 */
export async function kill({ times, seed, host }: KillOptions, print: (line: string) => void): Promise<KillResult> {
  const started = Date.now();
  const random = createRandom(seed);
  const weather = new Weather(createRandom(seed + 1));
  const { createDemoSite, serveDemo } = loadDemo();
  const site = createDemoSite({ seed: 7, scale: 40 });
  const person = new Person(site, random, times);
  const known = new Set([...site.documents('Customer'), ...site.documents('Sales Order')].map(({ name }) => name));
  let onTheirWay = 0;
  const faulty = withFaults((request) => site.fetch(request), weather.schedule);
  const served = await serveDemo({
    async fetch(request) {
      const write = isWrite(request) ? 1 : 0;
      onTheirWay += write;
      try {
        return await faulty.fetch(request);
      } finally {
        onTheirWay -= write;
      }
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-kill-'));
  const display = host === 'electron' ? await openDisplay() : null;
  const options = { dataFolder: join(folder, 'data'), profileFolder: folder, flags: [] };
  let app: RunningApp | null = null;

  const intents: Intent[] = [];
  const result: KillResult = { passed: 0, failed: 0 };
  const figures = { kills: 0, duringSend: 0, duringSave: 0, changes: 0, saved: 0, arrived: 0, faults: 0, lost: 0, doubled: 0, parked: 0 };
  const check = (complaints: readonly string[]): void => {
    if (complaints.length === 0) result.passed += 1;
    else result.failed += 1;
    for (const complaint of complaints) print(`! ${complaint}`);
  };

  const script = await buildHands();
  /** The page with hands, once the app in it works again on what it had. */
  const ready = async (page: Page): Promise<Page> => {
    await giveHands(page, script);
    await until(() => page.evaluate((documents) => globalThis.fieldbookHands.has(documents), person.subjects()));
    return page;
  };
  const stillThere = async (page: Page): Promise<string[]> => {
    const unsent = await page.evaluate(() => globalThis.fieldbookHands.unsent());
    const { lost, doubled } = judge(site, intents, unsent);
    return [...lost.map((what) => `lost: ${what}`), ...doubled.map((what) => `doubled: ${what}`)];
  };

  try {
    app = await (display ? startElectronApp({ ...options, display: display.name, keyStore: false }) : startHeadlessApp(options));
    await signIn(
      app.page,
      served.url,
      site.people.find(({ name }) => name === 'field@example.com'),
    );
    let page = await ready(app.page);
    weather.rage();

    for (let number = 1; number <= times; number += 1) {
      const sofar = { writes: weather.writes, saved: intents.filter(({ promised }) => promised).length };
      let killed = false;
      const work = async (): Promise<void> => {
        if (number % 10 === 0) await typeWebsite(page, person, intents);
        for (let count = random.int(2, 4); count > 0; count -= 1) await carryOut(page, person.next(), intents);
      };
      const begun = Date.now();
      let failed = false;
      const working = work().then(
        () => true,
        (thrown: unknown) => {
          // A page that is killed cannot answer; anything else is a failure of its own.
          if (killed) return false;
          failed = true;
          throw thrown;
        },
      );
      working.catch(() => undefined); // Awaited below.
      const wanted = random.int(1, 6);
      const inSend = random.chance(0.6);
      const due = () => weather.writes - sofar.writes >= wanted && (!inSend || onTheirWay > 0);
      await until(() => failed || due() || Date.now() - begun > patienceMs);
      // The moment itself: while a request is answered, or anywhere within the transactions and requests that follow.
      if (!inSend) await new Promise((resolve) => setTimeout(resolve, random.int(0, 150)));
      const sending = onTheirWay;
      killed = true;
      await app.kill();
      const finished = await working;
      const saved = intents.filter(({ promised }) => promised).length - sofar.saved;
      figures.kills += 1;
      figures.duringSend += sending > 0 ? 1 : 0;
      figures.duringSave += finished ? 0 : 1;
      page = await ready(await app.restart());
      print(
        `kill ${number}: ${weather.writes - sofar.writes} requests, ${sending} on their way, ${saved} saved${finished ? '' : ', in a save'}`,
      );
      check(await stillThere(page));
    }

    weather.clear();
    const healed = Date.now();
    page = await ready(await app.restart());
    const left = () => page.evaluate(() => globalThis.fieldbookHands.unsent());
    await until(async () => Date.now() - healed > settlingMs || (await left()).every(({ at }) => at === 'parked'));
    await faulty.settled();
    const settling = Math.round((Date.now() - healed) / 1000);
    const unsent = await left();
    const verdict = judge(site, intents, unsent);
    check(verdict.lost.map((what) => `lost: ${what}`));
    check([...verdict.doubled.map((what) => `doubled: ${what}`), ...strangers(site, intents, known)]);
    check(unsent.filter(({ problem }) => problem === null).map(({ kind, at, lastError }) => `${kind} is still ${at} (${lastError})`));
    for (const { kind, problem, lastError } of unsent) if (problem !== null) print(`parked: ${kind}, ${problem} (${lastError})`);
    const journal = () => page.evaluate(() => globalThis.fieldbookHands.journalled());
    // It hears of an end a moment after the database.
    const heardBy = Date.now() + 10_000;
    await until(async () => Date.now() > heardBy || (await journal()) === unsent.length);
    const journalled = await journal();
    check(journalled === unsent.length ? [] : [`the journal holds ${journalled} changes, the device ${unsent.length}`]);
    Object.assign(figures, {
      changes: intents.length,
      saved: intents.filter(({ promised }) => promised).length,
      arrived: verdict.arrived,
      faults: weather.faults,
      lost: verdict.lost.length,
      doubled: verdict.doubled.length,
      parked: unsent.filter(({ problem }) => problem !== null).length,
    });
    const seconds = Math.round((Date.now() - started) / 1000);
    print(JSON.stringify({ host, seed, ...figures, requests: weather.writes, settling, seconds }));
    return result;
  } catch (thrown) {
    print(`! ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    if (app !== null) print(app.output().slice(-4000));
    return { ...result, failed: result.failed + 1 };
  } finally {
    await app?.close();
    await served.close();
    await display?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function signIn(page: Page, url: string, who: Parameters<SignInScreen['signIn']>[1] | undefined): Promise<void> {
  if (who === undefined) throw new Error('The demo has no field user.');
  // Kept in a file, so that the app goes on by itself after each kill.
  await page.getByText('On this device, in a file only you can read').click();
  await new SignInScreen(page).signIn(url, who);
  const shell = new Shell(page);
  await shell.go('/get-ready');
  await shell.expectSync(/^Up to date/, 180_000);
}

/** Saves one change after the other; each is promised once its save returned. */
async function carryOut(page: Page, plans: readonly Plan[], intents: Intent[]): Promise<void> {
  let made = '';
  for (const { deed, intent } of plans) {
    intents.push(intent);
    made = await page.evaluate((given) => globalThis.fieldbookHands.save(given), deed(made));
    intent.promised = true;
  }
}

/** The same by hand, in the form. */
async function typeWebsite(page: Page, person: Person, intents: Intent[]): Promise<void> {
  const { name, intent } = person.website();
  await new Shell(page).openDocument('Customer', name);
  const form = new DocumentScreen(page);
  await form.openSection('More Information');
  await form.type('website', intent.token);
  intents.push(intent);
  await form.save();
  intent.promised = true;
}

/** Documents that nobody meant to make: copies whose marks were changed would not be counted otherwise. */
function strangers(site: DemoSite, intents: readonly Intent[], known: ReadonlySet<string>): string[] {
  const meant = (kind: string): Set<string> => new Set(intents.filter((intent) => intent.kind === kind).map(({ token }) => token));
  const [customers, orders] = [meant('customer'), meant('order')];
  const made = (doctype: string) => site.documents(doctype).filter(({ name }) => !known.has(name));
  return [
    ...made('Customer').filter((doc) => !customers.has(String(doc['customer_name']))),
    ...made('Sales Order').filter((doc) => !orders.has(String(doc['po_no']))),
  ].map(({ doctype, name }) => `nobody meant to make ${doctype} ${name}`);
}
