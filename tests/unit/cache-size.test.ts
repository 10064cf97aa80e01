import { describe, expect, test } from 'vitest';
import { encodeBody, sizeOfBody } from '../../renderer/cache/body';
import { toRow } from '../../renderer/cache/document-row';
import { meanSize } from '../../renderer/cache/size';
import { testCache } from '../support/cache';

/** Uneven as documents are: a quarter short, most middling, some long, one in fifty very long, in no order of names. */
function wordsOf(position: number): number {
  const at = (position * 7919) % 50;
  if (at === 0) return 4_000;
  return at < 13 ? 40 : at < 44 ? 300 + at * 10 : 1_500;
}

async function filled(count: number) {
  const { cache } = testCache();
  const rows = Array.from({ length: count }, (_, position) => {
    const doc = { doctype: 'Note', name: `N-${String(position).padStart(6, '0')}`, modified: '2026-01-01', docstatus: 0 as const };
    return toRow({ ...doc, content: 'x'.repeat(wordsOf(position)) }, { doctype: undefined, origin: 'profile', keptAt: 1 });
  });
  await cache.documents.bulkPut(rows);
  const kept = await cache.documents.toArray();
  const truth = kept.reduce((sum, row) => sum + sizeOfBody(row.body) + row.search.length, 0);
  return { cache, truth };
}

describe('what a DocType takes on this device', () => {
  test('is told to within a tenth from a small part of uneven documents', async () => {
    const { cache, truth } = await filled(5_000);
    let read = 0;
    cache.documents.hook('reading', (row) => {
      read += 1;
      return row;
    });
    const estimate = 5_000 * (await meanSize(cache, 'Note'));
    expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.1);
    expect(read).toBe(400);
  });

  test('is exact where all of them are read', async () => {
    const { cache, truth } = await filled(300);
    expect(300 * (await meanSize(cache, 'Note'))).toBeCloseTo(truth, 6);
  });

  test('is nothing where there are none, and counts what an edit came from', async () => {
    const { cache } = await filled(1);
    expect(await meanSize(cache, 'Task')).toBe(0);
    const before = await meanSize(cache, 'Note');
    await cache.documents
      .where('[doctype+name]')
      .equals(['Note', 'N-000000'])
      .modify({ base: encodeBody({ content: 'y'.repeat(100) }) });
    const base = (await cache.documents.get(['Note', 'N-000000']))?.base ?? '';
    expect(sizeOfBody(base)).toBeGreaterThan(100);
    expect(await meanSize(cache, 'Note')).toBe(before + sizeOfBody(base));
  });
});
