import { afterAll, describe, expect, test } from 'vitest';
import { compare, type ActualAnswer } from './compare';
import { exceptions } from './exceptions';
import { recordings } from './recording';
import { replay } from './replay';

let computed = 0;
const computedFields = new Set<string>();

describe('the demo server answers as the recorded ERPNext did', () => {
  for (const recording of recordings())
    test(recording.title, async () => {
      const complaints: string[] = [];
      for (const { step, index, comparison, uncaptured } of await replay(recording)) {
        const own = exceptions.filter((exception) => exception.recording === recording.id && exception.step === index);
        const covers = (path: string): boolean =>
          own.some(({ paths }) => paths === undefined || paths.some((start) => path.startsWith(start)));
        const where = `step ${index} (${step.request.method} ${String(step.request.path)})`;
        complaints.push(...comparison.failures.filter(({ path }) => !covers(path)).map(({ message }) => `${where}: ${message}`));
        complaints.push(...uncaptured.map((value) => `${where}: captured ${value}`));
        for (const { paths, reason } of own)
          if (!comparison.failures.some(({ path }) => paths === undefined || paths.some((start) => path.startsWith(start))))
            complaints.push(`${where}: the exception "${reason}" is no longer needed`);
        computed += comparison.computed.length;
        for (const path of comparison.computed) computedFields.add(path.replace(/\.\d+\./g, '.'));
      }
      expect(complaints).toEqual([]);
    });

  afterAll(() =>
    process.stdout.write(
      `${computed} values in ${computedFields.size} fields are computed by the real server alone; ${exceptions.length} exceptions.`,
    ),
  );
});

test('a wrong answer fails the comparison', () => {
  const recorded = {
    status: 200,
    content_type: 'application/json',
    body: { data: { name: 'A', modified: '2026-01-01 10:00:00.000001', qty: 1, website: 'x', items: [] } },
  };
  const answer = (body: unknown, status = 200, contentType = 'application/json'): ActualAnswer => ({
    status,
    contentType,
    body,
    headers: new Headers(),
  });
  const failed = (actual: ActualAnswer): string[] => compare(recorded, actual, { website: 'x' }, false).failures.map(({ path }) => path);
  const good = { name: 'A', modified: '2027-05-05 11:11:11.000002', qty: 2, website: 'x', items: [] };
  expect(failed(answer({ data: good }))).toEqual([]);
  expect(failed(answer({ data: good }, 201))).toEqual(['status']);
  expect(failed(answer({ data: good }, 200, 'text/html'))).toEqual(['content-type']);
  expect(failed(answer({ data: { ...good, website: 'y' } }))).toEqual(['data.website']);
  expect(failed(answer({ data: { ...good, qty: '2' } }))).toEqual(['data.qty']);
  expect(failed(answer({ data: { ...good, name: 'B' } }))).toEqual(['data.name']);
  expect(failed(answer({ data: { ...good, items: [{}] } }))).toEqual(['data.items']);
  expect(failed(answer({ data: good, _server_messages: '["{}"]' }))).toEqual(['body.keys', 'messages']);
  expect(failed(answer({ data: good, exc_type: 'ValidationError' }))).toEqual(['body.keys', 'exc_type']);
});
