import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A part of an upload: text, or bytes in base64, or one character many times. */
export type FilePart = string | { base64: string } | { repeat: string; times: number };

export type RecordedRequest = {
  /** A user of the recordings, a raw `key:secret`, or null for nobody. */
  as: string | null;
  method: string;
  path: string | string[];
  query?: { [name: string]: Json };
  json?: Json;
  raw?: string;
  form?: { [name: string]: string };
  file?: [name: string, part: FilePart];
  headers?: { [name: string]: string };
};

export type RecordedAnswer = { status: number; content_type: string; body: Json; headers?: { [name: string]: string } };

export type Step = { request: RecordedRequest; capture: { [name: string]: string }; response: RecordedAnswer };

/** Requests and the answers that a real ERPNext gave to them, in order. */
export type Recording = { id: string; title: string; note: string; steps: Step[] };

const folder = fileURLToPath(new URL('./recordings/', import.meta.url));

export const recordings = (): Recording[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    // The recordings are kept unchanged, and were written in this shape.
    .map((file) => JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Recording);

/** `{{name}}` replaced by what an earlier step captured, everywhere in a value. */
export function fill<T extends Json | undefined>(value: T, captured: ReadonlyMap<string, string>): T {
  if (value === undefined) return value;
  const text = JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (_, name: string) => JSON.stringify(captured.get(name) ?? '').slice(1, -1));
  // Only text inside strings was replaced, so the shape is what it was.
  return JSON.parse(text) as T;
}

/** `data.items.0.name` in an answer. */
export const at = (body: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), body);
