import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../electron/files/text-of';

async function* pieces(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const anything = { largest: 100, told: [] };

describe('a small file of the site', () => {
  test('is read as text, also where a letter is cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('Größe');
    expect(await textOf(pieces(bytes.slice(0, 3), bytes.slice(3)), anything)).toBe('Größe');
  });

  test('is held against what the site says of it', async () => {
    expect(await textOf(pieces('{}'), { largest: 100, told: [{ size: 2, md5: md5('{}') }] })).toBe('{}');
    await expect(textOf(pieces('[]'), { largest: 100, told: [{ size: 2, md5: md5('{}') }] })).rejects.toMatchObject({ code: 'not-frappe' });
  });

  test('is given up as soon as it is too large, however much is still to come', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        yield new Uint8Array(60);
      }
    }
    await expect(textOf(endless(), anything)).rejects.toMatchObject({ code: 'too-large' });
    expect(given).toBe(2);
  });

  test('that is no text is said to be none', async () => {
    await expect(textOf(pieces(new Uint8Array([0xff, 0xfe, 0x00])), anything)).rejects.toMatchObject({ code: 'unsupported' });
  });
});
