import { expect, test } from 'vitest';
import { createDemoSite } from '../../electron/demo/site';
import { withFaults, serveWithFaults, type Fault, type Schedule } from '../support/faults';
import { calm, once, seeded, switchable, together } from '../support/faults-schedule';

const tokenOf = (site: ReturnType<typeof createDemoSite>): string => {
  const person = site.people.find(({ name }) => name === 'field@example.com');
  if (person === undefined) throw new Error('no such person');
  return `token ${person.apiKey}:${person.apiSecret}`;
};

function setUp(schedule: Schedule, sleep?: (ms: number) => Promise<void>) {
  const site = createDemoSite({ company: 'none', now: () => Date.UTC(2026, 0, 1) });
  const faulty = withFaults(site.fetch, schedule, sleep === undefined ? {} : { sleep });
  const create = (name: string) =>
    faulty.fetch(
      new Request('http://demo/api/resource/Customer', {
        method: 'POST',
        headers: { authorization: tokenOf(site), 'content-type': 'application/json' },
        body: JSON.stringify({ customer_name: name, customer_type: 'Company' }),
      }),
    );
  return { site, faulty, create };
}

test('a dropped request changes nothing, a dropped answer leaves the document behind', async () => {
  const { site, create } = setUp(together(once({}, { kind: 'drop-request' }), once({ method: 'POST' }, { kind: 'drop-answer' })));
  await expect(create('First')).rejects.toThrow('fetch failed');
  expect(site.documents('Customer')).toHaveLength(0);
  await expect(create('Second')).rejects.toThrow('fetch failed');
  expect(site.documents('Customer').map(({ name }) => name)).toEqual(['Second']);
  expect((await create('Third')).status).toBe(200);
});

test('what the client gave up on is committed later', async () => {
  let wake = (): void => undefined;
  const { site, faulty, create } = setUp(once({}, { kind: 'commit-late', ms: 3000 }), () => new Promise((resolve) => (wake = resolve)));
  await expect(create('Late')).rejects.toThrow();
  expect(site.document('Customer', 'Late')).toBeUndefined();
  wake();
  await faulty.settled();
  expect(site.document('Customer', 'Late')?.owner).toBe('field@example.com');
});

const answers: [Fault, number, string][] = [
  [{ kind: 'rate-limited', retryAfter: 30 }, 429, 'TooManyRequestsError'],
  [{ kind: 'bad-gateway' }, 502, '<html>'],
  [{ kind: 'bad-gateway', status: 504, arrived: true }, 504, '<html>'],
  [{ kind: 'server-error', excType: 'QueryDeadlockError' }, 500, 'QueryDeadlockError'],
  [{ kind: 'maintenance' }, 503, 'SessionStopped'],
  [{ kind: 'login-page' }, 200, 'Please sign in'],
];

test.each(answers)('the fault %o answers %i', async (fault, status, text) => {
  const { create, site } = setUp(once({}, fault));
  const response = await create('Someone');
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
  expect(site.documents('Customer')).toHaveLength('arrived' in fault ? 1 : 0);
});

test('half of an answer is no JSON, and a skewed clock shows in the Date', async () => {
  const { create, site } = setUp(together(once({}, { kind: 'half-json' }), once({}, { kind: 'clock-skew', ms: 3_600_000 })));
  const text = await (await create('Torn')).text();
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(site.document('Customer', 'Torn')).toBeDefined();
  expect((await create('Skewed')).headers.get('date')).toBe('Thu, 01 Jan 2026 01:00:00 GMT');
});

test('another user can act between a request and its answer', async () => {
  const control = switchable();
  const { create, site } = setUp(control.schedule);
  await create('Shared');
  control.now = once(
    {},
    { kind: 'meanwhile', before: () => void site.as('Administrator').update('Customer', 'Shared', { website: 'https://theirs.example' }) },
  );
  await create('Other');
  expect(site.document('Customer', 'Shared')?.modified_by).toBe('Administrator');
  control.now = calm;
  expect((await create('Third')).status).toBe(200);
});

const others: [what: string, act: (site: ReturnType<typeof createDemoSite>) => void, status: number][] = [
  ['edits', (site) => void site.as('Administrator').update('Customer', 'Shared', { website: 'https://theirs.example' }), 417],
  ['deletes', (site) => void site.as('Administrator').delete('Customer', 'Shared'), 404],
  ['renames', (site) => void site.as('Administrator').rename('Customer', 'Shared', 'Theirs'), 404],
  ['takes the permission for', (site) => site.setRoles('field@example.com', []), 403],
];

test.each(others)('another user %s the document while an update is on its way', async (_, act, status) => {
  const control = switchable();
  const { faulty, create, site } = setUp(control.schedule);
  await create('Shared');
  control.now = once({ method: 'PUT' }, { kind: 'meanwhile', before: () => act(site) });
  const response = await faulty.fetch(
    new Request('http://demo/api/resource/Customer/Shared', {
      method: 'PUT',
      headers: { authorization: tokenOf(site), 'content-type': 'application/json' },
      body: JSON.stringify({ website: 'https://mine.example', modified: site.document('Customer', 'Shared')?.modified }),
    }),
  );
  expect(response.status).toBe(status);
  expect(site.documents('Customer').map(({ website }) => website)).not.toContain('https://mine.example');
});

test('a seeded schedule chooses the same faults every time', () => {
  const run = (): (Fault | undefined)[] => {
    let state = 7;
    const next = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const schedule = seeded(next, 0.5, [{ kind: 'offline' }, { kind: 'drop-answer' }]);
    return Array.from({ length: 20 }, (_, index) => schedule(new Request('http://demo/'), index));
  };
  expect(run()).toEqual(run());
  expect(new Set(run().map((fault) => fault?.kind))).toEqual(new Set([undefined, 'offline', 'drop-answer']));
});

test('over HTTP a lost answer is a broken connection', async () => {
  const site = createDemoSite({ company: 'none' });
  const served = await serveWithFaults(site, once({ path: '/api/method/ping' }, { kind: 'drop-answer' }));
  try {
    await expect(fetch(`${served.url}/api/method/ping`)).rejects.toThrow();
    const response = await fetch(`${served.url}/api/method/ping`);
    expect(await response.json()).toEqual({ message: 'pong' });
    expect(served.faulty.log.map(({ fault }) => fault?.kind)).toEqual(['drop-answer', undefined]);
  } finally {
    await served.close();
  }
});
