import type { ServerMessage } from '../errors';
import { isRecord, type Envelope } from './envelope';
import { plainText } from './plain-text';

/** A text that should be JSON, parsed; anything else as it is. */
function unwrap(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // Older servers put bare sentences here.
  }
}

function toMessage(item: unknown): ServerMessage | null {
  const note = unwrap(item);
  if (!isRecord(note)) {
    const message = typeof note === 'string' ? plainText(note) : '';
    return message ? { message } : null;
  }
  const message = typeof note['message'] === 'string' ? plainText(note['message']) : '';
  if (!message) return null;
  const title = typeof note['title'] === 'string' ? plainText(note['title']) : '';
  const indicator = typeof note['indicator'] === 'string' ? note['indicator'] : '';
  return { message, ...(title ? { title } : {}), ...(indicator ? { indicator } : {}) };
}

/**
 * The notes of an answer, successes included (recording create: the second "Jane Smith").
 * `_server_messages` is a JSON string of a list of JSON strings whose `message` may hold HTML.
 */
export function serverMessages(envelope: Envelope): ServerMessage[] {
  const list = unwrap(envelope['_server_messages']);
  if (!Array.isArray(list)) return [];
  return list.map(toMessage).filter((message) => message !== null);
}
