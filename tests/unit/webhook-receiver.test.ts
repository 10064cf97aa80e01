import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LiveHint } from '@shared/bridge/live';
import type { CallVerdict } from '@shared/bridge/webhooks';
import { Rate } from '../../electron/live/webhooks/rate';
import { Receiver } from '../../electron/live/webhooks/receiver';
import type { Limits } from '../../electron/live/webhooks/receiver';
import { isSignedBy, signatureOf } from '../../electron/live/webhooks/signature';

const secret = 'the secret of this device';
const path = '/fieldbook/0a0b0c0d/00112233445566778899aabbccddeeff';

type Answer = { status: number; headers: Record<string, unknown>; text: string };

async function receiver(limits: Partial<Limits> = {}) {
  const hints: [string, LiveHint][] = [];
  const calls: [CallVerdict, string | null][] = [];
  const made = await Receiver.listen({
    host: '127.0.0.1',
    port: 0,
    receives: (asked) => Promise.resolve(asked === path ? { account: 'me', secret } : null),
    onHint: (account, hint) => void hints.push([account, hint]),
    onCall: (verdict, doctype) => void calls.push([verdict, doctype]),
    now: () => 1_000,
    limits,
  });
  onTestFinished(() => made.close());
  const call = (
    body: string,
    {
      signature = signatureOf(Buffer.from(body), secret),
      to = path,
      method = 'POST',
    }: { signature?: string | null; to?: string; method?: string } = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json', ...(signature === null ? {} : { 'X-Frappe-Webhook-Signature': signature }) };
      const asked = request({ host: '127.0.0.1', port: made.port, path: to, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asked.on('error', reject);
      asked.end(method === 'GET' ? undefined : body);
    });
  return { call, hints, calls };
}

const told = JSON.stringify({ doctype: 'Customer', name: 'Acme', user: 'office@example.com' });

describe('a signature', () => {
  it('is the one that Frappe computes', () => {
    const expected = createHmac('sha256', secret).update(told, 'utf8').digest('base64');
    expect(signatureOf(Buffer.from(told), secret)).toBe(expected);
    expect(isSignedBy(Buffer.from(told), expected, secret)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'x',
    'é'.repeat(44),
    signatureOf(Buffer.from(told), 'another secret'),
    signatureOf(Buffer.from(`${told} `), secret),
  ])('is not %s', (signature) => expect(isSignedBy(Buffer.from(told), signature, secret)).toBe(false));
});

describe('the webhook receiver', () => {
  it('takes a signed call and hands on a hint, nothing else', async () => {
    const { call, hints, calls } = await receiver();
    expect((await call(told)).status).toBe(204);
    expect(hints).toEqual([['me', { kind: 'list', doctype: 'Customer', name: 'Acme', user: 'office@example.com' }]]);
    expect(calls).toEqual([['taken', 'Customer']]);
  });

  it.each<[string, Parameters<Awaited<ReturnType<typeof receiver>>['call']>[1], CallVerdict]>([
    ['a wrong signature', { signature: signatureOf(Buffer.from(told), 'guessed') }, 'bad-signature'],
    ['no signature', { signature: null }, 'bad-signature'],
    ['another path', { to: '/fieldbook/0a0b0c0d/ffffffffffffffffffffffffffffffff' }, 'unknown'],
    ['another method', { method: 'GET' }, 'unknown'],
  ])('tells a stranger with %s nothing', async (_, how, verdict) => {
    const { call, hints, calls } = await receiver();
    const answer = await call(told, how);
    expect([answer.status, answer.text, answer.headers['server']]).toEqual([404, '', undefined]);
    expect(hints).toEqual([]);
    expect(calls).toEqual([[verdict, null]]);
  });

  it('refuses a signed body that is no call of ours', async () => {
    const { call, hints, calls } = await receiver();
    for (const body of ['{', '[]', '{"doctype":"Customer"}', `{"doctype":"${'x'.repeat(200)}","name":"A"}`])
      expect((await call(body)).status).toBe(404);
    expect([hints, calls.map(([verdict]) => verdict)]).toEqual([[], Array.from({ length: 4 }, () => 'unreadable')]);
  });

  it('does not read on past its limit, whether the length is told or not', async () => {
    const { call, hints, calls } = await receiver({ largest: 1_000 });
    const large = JSON.stringify({ doctype: 'Customer', name: 'Acme', user: 'x'.repeat(5_000) });
    // A connection that breaks while it still sends is an answer, too.
    await call(large).catch(() => undefined);
    expect([hints, calls]).toEqual([[], [['too-large', null]]]);
  });

  it('takes no more than its rate, and has everything asked for after it', async () => {
    const { call, hints, calls } = await receiver({ burst: 3, perSecond: 0 });
    for (let n = 0; n < 5; n += 1) await call(told);
    expect(calls.map(([verdict]) => verdict)).toEqual(['taken', 'taken', 'taken', 'too-many', 'too-many']);
    expect(hints.slice(3).map(([, hint]) => hint.kind)).toEqual(['missed', 'missed']);
    await call(told, { to: '/elsewhere' });
    expect(hints).toHaveLength(5);
  });
});

describe('a rate', () => {
  it('gives a burst and then what flows in, and nothing for a clock set back', () => {
    let now = 0;
    const rate = new Rate({ burst: 2, perSecond: 1, now: () => now });
    expect([rate.take(), rate.take(), rate.take()]).toEqual([true, true, false]);
    now = 1_000;
    expect([rate.take(), rate.take()]).toEqual([true, false]);
    now = -60_000;
    expect(rate.take()).toBe(false);
  });
});
