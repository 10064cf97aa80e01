import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '@shared/errors';
import { largestProfile, parseProfileFile, profileFileText } from '@shared/profile/profile-file';
import type { ProfileFile } from '@shared/profile/profile-file';
import type { ProfileEntry } from '@shared/sync/profile';

const entries: ProfileEntry[] = [
  { doctype: 'Customer', filters: [['disabled', '=', 0]] },
  {
    doctype: 'Sales Order',
    filters: [
      ['status', 'in', ['Draft', 'To Bill']],
      ['customer', 'like', '%Ü"<>%'],
    ],
    window: { field: 'transaction_date', days: 92 },
    links: false,
    files: true,
  },
];
const file: ProfileFile = { name: 'Field sales', entries, files: { of: 'profile', largestMb: null } };

const written = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ format: 'fieldbook-profile', version: 1, name: 'x', keep: [{ doctype: 'Customer' }], ...changes });
const keeping = (entry: unknown): string => written({ keep: [{ doctype: 'Customer' }, entry] });

function refusal(text: string): AppError {
  try {
    parseProfileFile(text);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('it was taken');
}

describe('a profile file', () => {
  test('is read back as it was written', () => {
    expect(parseProfileFile(profileFileText(file))).toEqual(file);
  });

  test('does not tell who a choice is from', () => {
    const company = entries.map((entry) => ({ ...entry, from: 'company' as const }));
    expect(profileFileText({ ...file, entries: company })).toBe(profileFileText(file));
  });

  test('needs nothing but names of DocTypes', () => {
    expect(parseProfileFile(written())).toEqual({ name: 'x', entries: [{ doctype: 'Customer', filters: [] }], files: null });
  });
});

describe('a file that is no profile', () => {
  test.each([
    ['nothing', ''],
    ['half a file', written().slice(0, 40)],
    ['other JSON', '{"name":"package"}'],
    ['a list', '[]'],
    ['HTML of a sign-in page', '<!doctype html><title>Login</title>'],
    ['a number', '1'],
    ['the word null', 'null'],
  ])('is told so: %s', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'unsupported', message: expect.stringContaining('not a Fieldbook profile') });
  });

  test('is refused by its size before it is parsed', () => {
    expect(refusal(written({ name: 'x'.repeat(largestProfile) })).code).toBe('too-large');
  });
});

describe('a profile that is wrong somewhere', () => {
  test('of a newer version is not called broken', () => {
    expect(refusal(written({ version: 2, something: 'new' })).message).toContain('newer version of Fieldbook');
  });

  test.each([
    ['an unknown key, a typing error', { doctype: 'Item', filter: [] }, /entry 2 \(Item\)/],
    ['a DocType without a name', { doctype: '' }, /entry 2, doctype/],
    ['a name that is no text', { doctype: 7 }, /entry 2, doctype/],
    ['a name with a line break', { doctype: 'Item\nDelete everything' }, /entry 2 \(Item Delete everything\), doctype/],
    ['an endless name', { doctype: 'x'.repeat(141) }, /entry 2/],
    ['an unknown operator', { doctype: 'Item', filters: [['disabled', 'or 1=1 --', 0]] }, /filters\.0\.1/],
    ['a field that is no name', { doctype: 'Item', filters: [['1; drop table', '=', 0]] }, /filters\.0\.0/],
    ['half a filter', { doctype: 'Item', filters: [['disabled', '=']] }, /filters\.0/],
    ['an object for a value', { doctype: 'Item', filters: [['disabled', '=', { $ne: 1 }]] }, /filters\.0\.2/],
    ['far too many filters', { doctype: 'Item', filters: Array.from({ length: 21 }, () => ['disabled', '=', 0]) }, /filters/],
    ['a window without days', { doctype: 'Item', window: { field: 'modified' } }, /window\.days/],
    ['a window of half a day', { doctype: 'Item', window: { field: 'modified', days: 0.5 } }, /window\.days/],
    ['a window of the future', { doctype: 'Item', window: { field: 'modified', days: -30 } }, /window\.days/],
    ['a window of an expression', { doctype: 'Item', window: { field: 'now()', days: 30 } }, /window\.field/],
    ['a number for an entry', 5, /entry 2/],
    ['something for the prototype', JSON.parse('{"doctype":"Item","__proto__":{"files":true}}') as unknown, /entry 2 \(Item\)/],
  ])('is told with its place and taken nothing of: %s', (_, entry, place) => {
    const error = refusal(keeping(entry));
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringMatching(place) });
    expect(error.message).toContain('Nothing was changed.');
  });

  test('names what it names twice', () => {
    expect(refusal(keeping({ doctype: 'Customer' })).message).toContain('names Customer twice');
  });

  test('has at least one DocType and at most 400', () => {
    expect(refusal(written({ keep: [] })).message).toContain('keep');
    const many = Array.from({ length: 401 }, (__, at) => ({ doctype: `Thing ${at}` }));
    expect(refusal(written({ keep: many })).message).toContain('keep');
  });

  test('whatever JSON it is, is taken whole or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (entry, attachments) => {
        const text = written({ keep: [entry], ...(attachments === null ? {} : { attachments }) });
        try {
          expect(parseProfileFile(text).entries).toHaveLength(1);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          expect((thrown as AppError).message).toMatch(/\.$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});
