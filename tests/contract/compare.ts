import type { RecordedAnswer } from './recording';

/** Where an answer differs from the recorded one. */
export type Comparison = {
  /** Differences that a client could trip over. */
  failures: { path: string; message: string }[];
  /** Fields that only the real server computes: they differ, or one side lacks them. */
  computed: string[];
};

export type ActualAnswer = { status: number; contentType: string; body: unknown; headers: Headers };

type Fields = { [key: string]: unknown };
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const standard = new Set([
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
  'parent',
  'parentfield',
  'parenttype',
  'doctype',
  '__unsaved',
]);

/** What cannot be the same twice becomes a mark: times, random names, running numbers, suffixes of files. */
export function masked(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return value;
  return value
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?/g, '<time>')
    .replace(/(-\d{4}-)\d{5}/g, '$1<number>')
    .replace(/^[0-9a-v]{10}$/, '<hash>')
    .replace(/^[0-9a-f]{10}$/, '<hash>')
    .replace(/[0-9a-f]{6}(?=\.\w{2,4}$)/, '<suffix>');
}

/** What the recordings left out of the answers. */
const dropped = (value: unknown): boolean => value === '<dropped>' || value === '<traceback>';

const same = (recorded: unknown, actual: unknown): boolean => JSON.stringify(masked(recorded)) === JSON.stringify(masked(actual));
const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

class Comparer {
  readonly result: Comparison = { failures: [], computed: [] };

  fail(path: string, message: string): void {
    this.result.failures.push({ path, message });
  }

  equal(path: string, recorded: unknown, actual: unknown): void {
    const shown = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 160);
    if (!same(recorded, actual)) this.fail(path, `${path}: recorded ${shown(recorded)}, answered ${shown(actual)}`);
  }

  keys(path: string, recorded: Fields, actual: Fields): void {
    this.equal(`${path}.keys`, Object.keys(recorded).sort(), Object.keys(actual).sort());
  }

  /** Documents and rows: standard fields and what was sent must agree, of the rest the types. */
  document(path: string, recorded: Fields, actual: Fields, sent: Fields): void {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
      const at = `${path}.${key}`;
      const [here, there] = [recorded[key], actual[key]];
      if (dropped(here)) continue;
      if (Array.isArray(here) || Array.isArray(there)) this.rows(at, here, there, sent[key]);
      else if (standard.has(key) || (key in sent && key in recorded)) this.equal(at, here, there);
      else if (here === undefined || there === undefined) this.result.computed.push(at);
      else if (here !== null && there !== null && typeOf(here) !== typeOf(there))
        this.fail(at, `${at}: recorded ${typeOf(here)}, answered ${typeOf(there)}`);
      else if (isFields(here) && isFields(there)) this.document(at, here, there, {});
      else if (!same(here, there)) this.result.computed.push(at);
    }
  }

  rows(path: string, recorded: unknown, actual: unknown, sent: unknown): void {
    if (!Array.isArray(recorded) || !Array.isArray(actual)) {
      this.fail(path, `${path}: recorded ${typeOf(recorded)}, answered ${typeOf(actual)}`);
      return;
    }
    if (recorded.length !== actual.length) {
      if (Array.isArray(sent) || recorded.length === 0 || actual.length === 0)
        this.fail(path, `${path}: recorded ${recorded.length} rows, answered ${actual.length}`);
      else this.result.computed.push(path);
    }
    recorded.slice(0, actual.length).forEach((row: unknown, index) => {
      const other: unknown = actual[index];
      const given: unknown = Array.isArray(sent) ? sent[index] : undefined;
      if (isFields(row) && isFields(other)) this.document(`${path}.${index}`, row, other, isFields(given) ? given : {});
      else this.equal(`${path}.${index}`, row, other);
    });
  }

  /** Rows of a list: the asked-for fields and their values; their order only where one was asked for. */
  list(path: string, recorded: unknown[], actual: unknown[], ordered: boolean): void {
    const arranged = (rows: unknown[]): unknown[] =>
      ordered ? rows : [...rows].sort((left, right) => (JSON.stringify(masked(left)) < JSON.stringify(masked(right)) ? -1 : 1));
    this.equal(`${path}.length`, recorded.length, actual.length);
    const others = arranged(actual);
    arranged(recorded).forEach((row, index) => {
      const other = others[index];
      const at = `${path}.${index}`;
      if (!isFields(row) || !isFields(other)) return this.equal(at, row, other);
      this.keys(at, row, other);
      for (const key of Object.keys(row)) this.equal(`${at}.${key}`, row[key], other[key]);
    });
  }

  value(path: string, recorded: unknown, actual: unknown, sent: Fields, ordered: boolean): void {
    if (isFields(recorded) && isFields(actual)) this.document(path, recorded, actual, sent);
    else if (Array.isArray(recorded) && Array.isArray(actual)) {
      if (recorded.some((row) => isFields(row) && 'doctype' in row)) this.rows(path, recorded, actual, undefined);
      else this.list(path, recorded, actual, ordered);
    } else this.equal(path, recorded, actual);
  }
}

const messagesIn = (body: Fields): number => {
  const text = body['_server_messages'];
  return typeof text === 'string' ? (JSON.parse(text) as unknown[]).length : 0;
};

/** Compares an answer with the recorded one. `sent` is the body of the request, `ordered` whether it asked for an order. */
export function compare(recorded: RecordedAnswer, actual: ActualAnswer, sent: unknown, ordered: boolean): Comparison {
  const comparer = new Comparer();
  comparer.equal('status', recorded.status, actual.status);
  comparer.equal('content-type', recorded.content_type, actual.contentType.split(';')[0]);
  for (const name of Object.keys(recorded.headers ?? {}))
    if (!actual.headers.has(name)) comparer.fail(`header.${name}`, `the answer lacks the header ${name}`);
  if (!isFields(recorded.body) || !isFields(actual.body)) {
    comparer.equal('body', recorded.body, actual.body);
    return comparer.result;
  }
  comparer.keys('body', recorded.body, actual.body);
  comparer.equal('exc_type', recorded.body['exc_type'], actual.body['exc_type']);
  comparer.equal('messages', messagesIn(recorded.body), messagesIn(actual.body));
  for (const key of ['data', 'message', 'docs', 'docinfo'])
    if (key in recorded.body && key in actual.body)
      comparer.value(key, recorded.body[key], actual.body[key], isFields(sent) ? sent : {}, ordered);
  return comparer.result;
}
