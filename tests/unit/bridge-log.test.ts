import { describe, expect, it } from 'vitest';
import { redact } from '@shared/format/redact';

describe('the log', () => {
  it.each([
    'Authorization: token abc123:def456',
    'authorization: Bearer eyJhbGciOi.J9.x',
    '{"api_secret":"def456def"}',
    'api_key=abc123&api_secret=def456',
    'usr=a&pwd=hunter22222',
    'sid=0123456789abcdef',
    '{"apiSecret": "def456"}',
  ])('does not write the credential in %s', (text) => {
    expect(redact(text)).toContain('***');
    expect(redact(text)).not.toMatch(/abc123|def456|eyJ|hunter|0123456789/);
  });

  it('leaves other words as they are', () => {
    const text = 'GET /api/resource/Customer: lost, again in 500 ms; the token of gratitude; basic text';
    expect(redact(text)).toBe(text);
  });
});
