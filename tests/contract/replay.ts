import type { DemoSite } from '../../electron/demo/site';
import { compare, masked, type ActualAnswer, type Comparison } from './compare';
import { at, fill, type FilePart, type RecordedRequest, type Recording, type Step } from './recording';
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

/** What became of a step: the answer, how it compares with the recorded one, and captured values that differ. */
export type Outcome = { step: Step; index: number; actual: ActualAnswer; comparison: Comparison; uncaptured: string[] };

/** Sends the requests of a recording to a demo site in the state that it was made in. */
export async function replay(recording: Recording): Promise<Outcome[]> {
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
    outcomes.push({ step, index, actual, comparison: compare(step.response, actual, request.json, ordered), uncaptured });
  }
  return outcomes;
}
