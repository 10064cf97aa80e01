import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classify, type FailedAnswer } from '@shared/erp/classify';
import { plainText } from '@shared/erp/plain-text';
import { retryAfterSeconds } from '@shared/erp/retry-after';
import { serverMessages } from '@shared/erp/server-messages';
import type { ErrorCode } from '@shared/errors';

type Step = { response: { status: number; content_type: string; body: unknown; headers?: Record<string, string> } };

const folder = join(import.meta.dirname, '../contract/recordings');
const failedAnswers: (FailedAnswer & { recording: string; excType: string })[] = readdirSync(folder).flatMap((file) => {
  // The recordings have one shape, which the contract tests check.
  const { steps } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { steps: Step[] };
  return steps
    .filter(({ response }) => response.status >= 300)
    .map(({ response: { status, content_type, body, headers } }) => ({
      recording: file,
      status,
      contentType: content_type,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      retryAfter: headers?.['Retry-After'] ?? null,
      excType: typeof body === 'object' && body !== null && 'exc_type' in body ? String(body.exc_type) : 'none',
    }));
});

/** What each failure that a real server gave means, by status and class. */
const meaning: Record<string, ErrorCode> = {
  '401 AuthenticationError': 'sign-in',
  '403 PermissionError': 'forbidden',
  '403 none': 'not-frappe',
  '404 DoesNotExistError': 'not-found',
  '404 none': 'not-frappe',
  '409 DuplicateEntryError': 'duplicate',
  '413 none': 'too-large',
  '414 none': 'not-frappe',
  '417 CharacterLengthExceededError': 'refused',
  '417 DataError': 'refused',
  '417 DocstatusTransitionError': 'refused',
  '417 InvalidQtyError': 'refused',
  '417 LinkExistsError': 'refused',
  '417 LinkValidationError': 'refused',
  '417 MandatoryError': 'refused',
  '417 TimestampMismatchError': 'stale',
  '417 UniqueValidationError': 'refused',
  '417 UpdateAfterSubmitError': 'refused',
  '417 ValidationError': 'refused',
  '417 WorkflowTransitionError': 'refused',
  '429 TooManyRequestsError': 'rate-limited',
  '500 ImportError': 'server-error',
  '500 JSONDecodeError': 'server-error',
  '500 KeyError': 'server-error',
  '500 OSError': 'server-error',
  '500 OperationalError': 'server-error',
  '500 ProgrammingError': 'server-error',
  '500 TypeError': 'server-error',
  '503 SessionStopped': 'busy',
};

describe('failed answers', () => {
  it('means what the table says for every failure that a real server was recorded with', () => {
    expect(failedAnswers.length).toBeGreaterThan(80);
    const seen = new Set<string>();
    for (const answer of failedAnswers) {
      const key = `${answer.status} ${answer.excType}`;
      seen.add(key);
      const error = classify(answer);
      expect([answer.recording, key, error.code]).toEqual([answer.recording, key, meaning[key]]);
      expect(error.message).not.toMatch(/<[a-z/]|Traceback|&[a-z]+;/i);
      expect(error.message.trim()).not.toBe('');
      expect(error.details.status).toBe(answer.status);
      expect(error.details.answer ?? '').not.toContain('<traceback>');
    }
    expect([...seen].sort()).toEqual(Object.keys(meaning).sort());
  });

  const frappe = (status: number, body: Record<string, unknown>) =>
    classify({ status, contentType: 'application/json', body: JSON.stringify(body) });

  it.each([
    [500, 'QueryDeadlockError', 'try-again'],
    [500, 'QueryTimeoutError', 'try-again'],
    [417, 'DocumentLockedError', 'try-again'],
    [503, 'InReadOnlyMode', 'try-again'],
    [409, 'NameError', 'duplicate'],
    [500, 'NameError', 'server-error'],
    [403, 'PermissionError', 'forbidden'],
  ] as const)('takes %i %s for %s', (status, excType, code) => {
    expect(frappe(status, { exc_type: excType }).code).toBe(code);
  });

  it('takes 403 with session_expired for a dead session', () => {
    expect(frappe(403, { exc_type: 'PermissionError', session_expired: 1 }).code).toBe('sign-in');
  });

  it('keeps a 5xx without a class apart by leaving the class out', () => {
    expect(frappe(500, { exc: '[]' })).toMatchObject({ code: 'server-error', details: { status: 500 } });
    expect(frappe(500, { exc: '[]' }).details).not.toHaveProperty('excType');
    expect(classify({ status: 503, contentType: 'text/html', body: '<h1>Service unavailable</h1>' }).code).toBe('not-frappe');
  });
});

describe('server messages', () => {
  it('are read from a string of strings, and bare sentences are taken too', () => {
    const notes = JSON.stringify([JSON.stringify({ message: '<p>One</p><p>Two &lt;b&gt;</p>', title: 'T' }), 'plain', JSON.stringify({})]);
    expect(serverMessages({ _server_messages: notes })).toEqual([{ message: 'One\nTwo <b>', title: 'T' }, { message: 'plain' }]);
    expect(serverMessages({ _server_messages: 'not json' })).toEqual([]);
    expect(serverMessages({})).toEqual([]);
  });
});

describe('plain text', () => {
  it('drops scripts, styles, comments and unclosed tags, and decodes entities once', () => {
    expect(plainText('a<script>alert(1)</script>b<style>x{}</style><!-- c -->d')).toBe('abd');
    expect(plainText('x<script>never closed')).toBe('x');
    expect(plainText('5 &lt; 6 &amp;lt; &#39;q&#x27; &unknown;')).toBe("5 < 6 &lt; 'q' &unknown;");
    expect(plainText('3 < 5 and 5 > 3')).toBe('3 < 5 and 5 > 3');
    expect(plainText('<ul><li>one</li><li>two</li></ul>three<br>four')).toBe('one\ntwo\nthree\nfour');
  });
});

describe('Retry-After', () => {
  it('is seconds, or a date against the server’s own clock', () => {
    expect(retryAfterSeconds('33167', null)).toBe(33167);
    expect(retryAfterSeconds('Mon, 23 Nov 2026 03:00:30 GMT', 'Mon, 23 Nov 2026 03:00:00 GMT')).toBe(30);
    expect(retryAfterSeconds('Mon, 23 Nov 2026 03:00:30 GMT', null)).toBe(null);
    expect(retryAfterSeconds('soon', 'Mon, 23 Nov 2026 03:00:00 GMT')).toBe(null);
    expect(retryAfterSeconds(null, null)).toBe(null);
  });
});
