import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import { listOutbox } from '../../renderer/cache/outbox';
import { parseRows } from '../../renderer/sync/rows';
import { edit, shown, syncedDevice } from '../support/synced-device';

describe('names that a site counts, as it does those of CRM Note', () => {
  it('are text here', () => {
    expect(parseRows('{"data":[{"name":12,"idx":1},{"name":"A","idx":"2"}]}')).toEqual([
      { name: '12', idx: 1 },
      { name: 'A', idx: 2 },
    ]);
    expect(() => parseRows('{"data":[{"name":1.5}]}')).toThrow();
    expect(() => parseRows('{"data":[{"name":null}]}')).toThrow();
  });

  it('of rows hinder neither the download of their document nor an edit of it', async () => {
    const { site, device, network } = await syncedDevice({ profile: ['Lead'] });
    const lead = site.as('office@example.com').insert('Lead', { lead_name: 'Counted', notes: [{ note: 'called' }, { note: 'wrote' }] });
    const names = rowsOf(lead, 'notes').map(({ name }) => name);
    expect(names).toHaveLength(2);
    // The demo gives these rows names like all others; on the way they become numbers.
    network.now = () => ({
      kind: 'between',
      answer: async (ask) => {
        const answer = await ask();
        const text = names.reduce((all, name, at) => all.replaceAll(`"${name}"`, String(at + 1)), await answer.text());
        return new Response(text, { status: answer.status, headers: answer.headers });
      },
    });
    device.engine.syncNow();
    await device.settle();
    const here = await shown(device, 'Lead', lead.name);
    expect(rowsOf(here, 'notes').map(({ name, note }) => [name, note])).toEqual([
      ['1', 'called'],
      ['2', 'wrote'],
    ]);

    await edit(device, 'Lead', lead.name, { website: 'counted.example' });
    await device.pass(60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    const there = site.document('Lead', lead.name);
    expect([there?.['website'], rowsOf(there ?? {}, 'notes').map(({ note }) => note)]).toEqual(['counted.example', ['called', 'wrote']]);
  });
});
