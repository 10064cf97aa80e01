import { afterAll, describe, expect, test } from 'vitest';
import type { DemoSite } from '../../electron/demo/site';
import { compare, masked, type ActualAnswer, type Comparison } from './compare';
import { exceptions } from './exceptions';
import { at, fill, recordings, type FilePart, type RecordedRequest, type Recording, type Step } from './recording';
import { people, recordedSite } from './site';

/** The state of the site that a recording was made in, where it is not the seeded one. */
const settings: { [recording: string]: (site: DemoSite) => void } = {
  'rate-limited': (site) => site.setRateLimit({ limit: 1, windowSeconds: 33_167 }),
  maintenance: (site) => site.setMaintenance(true),
};

const bytesOf = (part: FilePart): Uint8Array => {
  if (typeof part === 'string') return new TextEncoder().encode(part);
  return 'base64' in part ? new Uint8Array(Buffer.from(part.base64, 'base64')) : new Uint8Array(part.times).fill(part.repeat.charCodeAt(0));
};

function requestOf(recorded: RecordedRequest): Request {
  const path = typeof recorded.path === 'string' ? recorded.path : `/${recorded.path.map(encodeURIComponent).join('/')}`;
  const url = new URL(path, 'http://site.example');
  for (const [name, value] of Object.entries(recorded.query ?? {}))
    url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const headers = new Headers(recorded.headers);
  const person = recorded.as === null ? undefined : people[recorded.as];
  if (person !== undefined) headers.set('authorization', `token ${person.apiKey}:${person.apiSecret}`);
  else if (recorded.as !== null) headers.set('authorization', `token ${recorded.as}`);
  let body: string | FormData | undefined = recorded.raw;
  if (recorded.json !== undefined) body = JSON.stringify(recorded.json);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (recorded.file !== undefined || recorded.form !== undefined) {
    body = new FormData();
    for (const [name, value] of Object.entries(recorded.form ?? {})) body.set(name, value);
    // A copy of the bytes, in a buffer of their own as Blob wants them.
    if (recorded.file !== undefined) body.set('file', new Blob([new Uint8Array(bytesOf(recorded.file[1]))]), recorded.file[0]);
  }
  return new Request(url, { method: recorded.method, headers, ...(body === undefined ? {} : { body }) });
}

async function answerTo(site: DemoSite, request: Request): Promise<ActualAnswer> {
  const response = await site.fetch(request);
  const contentType = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return {
    status: response.status,
    contentType,
    body: contentType.startsWith('application/json') ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

type Outcome = { step: Step; index: number; comparison: Comparison; uncaptured: string[] };

async function replay(recording: Recording): Promise<Outcome[]> {
  const site = recordedSite();
  settings[recording.id]?.(site);
  const captured = new Map<string, string>();
  const outcomes: Outcome[] = [];
  for (const [index, step] of recording.steps.entries()) {
    const request = fill({ ...step.request }, captured);
    const actual = await answerTo(site, requestOf(request));
    const ordered = JSON.stringify(request).includes('order_by');
    const uncaptured: string[] = [];
    for (const [name, path] of Object.entries(step.capture)) {
      const value = at(actual.body, path);
      if (typeof value === 'string') captured.set(name, value);
      if (JSON.stringify(masked(value)) !== JSON.stringify(masked(at(step.response.body, path))))
        uncaptured.push(`${name} = ${String(value)}`);
    }
    outcomes.push({ step, index, comparison: compare(step.response, actual, request.json, ordered), uncaptured });
  }
  return outcomes;
}

let computed = 0;
const computedFields = new Set<string>();

describe('the demo server answers as the recorded ERPNext did', () => {
  for (const recording of recordings())
    test(recording.title, async () => {
      const complaints: string[] = [];
      for (const { step, index, comparison, uncaptured } of await replay(recording)) {
        const own = exceptions.filter((exception) => exception.recording === recording.id && exception.step === index);
        const covers = (path: string): boolean =>
          own.some(({ paths }) => paths === undefined || paths.some((start) => path.startsWith(start)));
        const where = `step ${index} (${step.request.method} ${String(step.request.path)})`;
        complaints.push(...comparison.failures.filter(({ path }) => !covers(path)).map(({ message }) => `${where}: ${message}`));
        complaints.push(...uncaptured.map((value) => `${where}: captured ${value}`));
        for (const { paths, reason } of own)
          if (!comparison.failures.some(({ path }) => paths === undefined || paths.some((start) => path.startsWith(start))))
            complaints.push(`${where}: the exception "${reason}" is no longer needed`);
        computed += comparison.computed.length;
        for (const path of comparison.computed) computedFields.add(path.replace(/\.\d+\./g, '.'));
      }
      expect(complaints).toEqual([]);
    });

  afterAll(() =>
    process.stdout.write(
      `${computed} values in ${computedFields.size} fields are computed by the real server alone; ${exceptions.length} exceptions.`,
    ),
  );
});

test('a wrong answer fails the comparison', () => {
  const recorded = {
    status: 200,
    content_type: 'application/json',
    body: { data: { name: 'A', modified: '2026-01-01 10:00:00.000001', qty: 1, website: 'x', items: [] } },
  };
  const answer = (body: unknown, status = 200, contentType = 'application/json'): ActualAnswer => ({
    status,
    contentType,
    body,
    headers: new Headers(),
  });
  const failed = (actual: ActualAnswer): string[] => compare(recorded, actual, { website: 'x' }, false).failures.map(({ path }) => path);
  const good = { name: 'A', modified: '2027-05-05 11:11:11.000002', qty: 2, website: 'x', items: [] };
  expect(failed(answer({ data: good }))).toEqual([]);
  expect(failed(answer({ data: good }, 201))).toEqual(['status']);
  expect(failed(answer({ data: good }, 200, 'text/html'))).toEqual(['content-type']);
  expect(failed(answer({ data: { ...good, website: 'y' } }))).toEqual(['data.website']);
  expect(failed(answer({ data: { ...good, qty: '2' } }))).toEqual(['data.qty']);
  expect(failed(answer({ data: { ...good, name: 'B' } }))).toEqual(['data.name']);
  expect(failed(answer({ data: { ...good, items: [{}] } }))).toEqual(['data.items']);
  expect(failed(answer({ data: good, _server_messages: '["{}"]' }))).toEqual(['body.keys', 'messages']);
  expect(failed(answer({ data: good, exc_type: 'ValidationError' }))).toEqual(['body.keys', 'exc_type']);
});
