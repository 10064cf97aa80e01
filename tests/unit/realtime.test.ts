import { describe, expect, it } from 'vitest';
import type { LiveHint } from '@shared/bridge/live';
import { openSocketBy } from '../../electron/live/open-socket';
import { siteSocket } from '../../electron/live/socket-addresses';
import { emptyPort, handshake, listenTo, liveSite } from '../support/live-site';
import type { Heard } from '../support/live-site';
import { until } from '../support/until';

const office = 'office@example.com';
const isLive = ({ states }: Heard): boolean => states.at(-1)?.at === 'live';
const lists = ({ hints }: Heard): LiveHint[] => hints.filter(({ kind }) => kind === 'list');

describe('listening to a site', () => {
  it.each(['websocket', 'polling'] as const)('hears of changes of the DocTypes that it follows, by %s', async (transport) => {
    const { site, url } = await liveSite();
    const heard = listenTo(url, handshake(site, url), { transport });
    heard.realtime.follow(['Customer']);
    await until(() => isLive(heard));
    expect(heard.states.at(-1)).toMatchObject({ at: 'live', by: transport });
    expect(heard.hints[0]?.kind).toBe('missed');
    await until(() => {
      // The subscription has no answer: it holds once a change is told.
      site.as(office).insert('Brand', { brand: `Unheard ${Math.random()}` });
      site.as(office).insert('Customer', { customer_name: 'Told', customer_type: 'Company' });
      return lists(heard).length > 0;
    });
    expect(lists(heard)[0]).toEqual({ kind: 'list', doctype: 'Customer', name: expect.stringContaining('Told'), user: office });
    expect(lists(heard).every((hint) => hint.kind === 'list' && hint.doctype === 'Customer')).toBe(true);
  });

  it('hears nothing of what the user may not read', async () => {
    const { site, url } = await liveSite();
    site.setRoles('field@example.com', []);
    const heard = listenTo(url, handshake(site, url));
    heard.realtime.follow(['Customer']);
    const admin = listenTo(url, handshake(site, url, 'Administrator'));
    admin.realtime.follow(['Customer']);
    await until(() => isLive(heard) && isLive(admin));
    await until(() => {
      site.as(office).insert('Customer', { customer_name: 'Secret', customer_type: 'Company' });
      return lists(admin).length > 0;
    });
    expect(lists(heard)).toEqual([]);
  });

  it('tells who else has a document open, and when it changed there', async () => {
    const { site, url } = await liveSite();
    const { name } = site.as(office).insert('Customer', { customer_name: 'Shared', customer_type: 'Company' });
    const document = { doctype: 'Customer', name };
    const mine = listenTo(url, handshake(site, url));
    const theirs = listenTo(url, handshake(site, url, office));
    mine.realtime.show([document]);
    await until(() => isLive(mine) && isLive(theirs));
    theirs.realtime.show([document]);
    await until(() => mine.viewers.at(-1)?.users.length === 2);
    expect([...(mine.viewers.at(-1)?.users ?? [])].sort()).toEqual(['field@example.com', office]);
    site.as(office).update('Customer', name, { customer_name: 'Changed' });
    await until(() => mine.hints.some(({ kind }) => kind === 'document'));
    theirs.realtime.show([]);
    await until(() => mine.viewers.at(-1)?.users.length === 1);
  });

  it('connects anew when the line breaks, and says that something may have been missed', async () => {
    const first = await liveSite();
    const heard = listenTo(first.url, handshake(first.site, first.url));
    await until(() => isLive(heard));
    await first.close();
    await until(() => !isLive(heard));
    const { site } = await liveSite('same-port', Number(new URL(first.url).port));
    heard.realtime.follow(['Customer']);
    await until(() => isLive(heard));
    expect(heard.hints.filter(({ kind }) => kind === 'missed')).toHaveLength(2);
    await until(() => {
      site.as(office).insert('Customer', { customer_name: 'After', customer_type: 'Company' });
      return lists(heard).length > 0;
    });
  });

  it('waits longer and longer where nobody answers, and never less than five seconds', async () => {
    const url = `http://127.0.0.1:${await emptyPort()}`;
    const heard = listenTo(url, {});
    await until(() => heard.waits.length >= 9);
    expect(heard.states.at(-1)).toMatchObject({ at: 'polling', why: 'unreachable' });
    expect(heard.waits).toEqual([...heard.waits].sort((a, b) => a - b));
    expect(Math.min(...heard.waits)).toBe(5_000);
    expect(heard.waits.at(-1)).toBeLessThanOrEqual(5 * 60_000);
    expect(heard.opened.slice(0, 2)).toEqual(['websocket', 'polling']);
  });

  it('says that the sign-in is dead where the site says so too, and tries no more', async () => {
    const { url } = await liveSite();
    const headers = { Authorization: 'token wrong:wrong', Cookie: 'a=b', Origin: url };
    const heard = listenTo(url, headers);
    await until(() => heard.dead === 1);
    expect(heard.opened).toEqual(['websocket']);
  });

  it('goes on trying where the service alone refuses', async () => {
    const { url } = await liveSite();
    const heard = listenTo(url, { Authorization: 'token wrong:wrong', Cookie: 'a=b', Origin: url }, { isDead: async () => false });
    await until(() => heard.waits.length > 0);
    expect([heard.dead, heard.states.at(-1)]).toEqual([0, expect.objectContaining({ at: 'polling', why: 'refused' })]);
  });

  it('opens nothing once it is closed', async () => {
    const { site, url } = await liveSite();
    const heard = listenTo(url, handshake(site, url));
    await until(() => isLive(heard));
    heard.realtime.close();
    const opened = heard.opened.length;
    site.as(office).insert('Customer', { customer_name: 'Late', customer_type: 'Company' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([heard.opened.length, lists(heard)]).toEqual([opened, []]);
  });
});

describe('the handshake of the demo, as the facts have it', () => {
  it.each<[string, (headers: Record<string, string>) => Record<string, string>, string]>([
    ['another origin', (headers) => ({ ...headers, Origin: 'https://evil.example' }), 'namespace'],
    ['no cookie', ({ Cookie: _, ...headers }) => headers, 'refused'],
    ['no sign-in', ({ Authorization: _, ...headers }) => headers, 'refused'],
    ['a wrong secret', (headers) => ({ ...headers, Authorization: 'token a:b' }), 'refused'],
  ])('refuses %s', async (_, change, why) => {
    const { site, url } = await liveSite();
    const [address] = siteSocket(url);
    if (address === undefined) throw new Error('no address');
    const opened = await openSocketBy(fetch)(address, change(handshake(site, url)), new AbortController().signal);
    expect(opened).toMatchObject({ ok: false, why });
  });

  it('refuses another name of the site', async () => {
    const { site, url } = await liveSite();
    const address = { origin: url, namespace: 'another.example', transport: 'websocket' as const };
    expect(await openSocketBy(fetch)(address, handshake(site, url), new AbortController().signal)).toMatchObject({
      ok: false,
      why: 'namespace',
    });
  });
});
