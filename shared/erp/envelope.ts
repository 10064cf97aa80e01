/** The outer object of every Frappe answer: `data` or `message`, or the marks of an error. */
export type Envelope = Record<string, unknown>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The envelope of an answer's text, or null when it is no JSON object (HTML, half a body, a proxy's page). */
export function parseEnvelope(text: string): Envelope | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null; // Not JSON is an answer to this question; the caller says what it means.
  }
}

/**
 * What a success carries. `/api/resource` answers `data` where the public documentation says `message`,
 * `/api/method` answers `message`: either is taken (recordings create, method).
 */
export const payloadOf = (envelope: Envelope): unknown => ('data' in envelope ? envelope['data'] : envelope['message']);
