import { parseArgs } from 'node:util';
import { openDisplay } from '../support/display';
import { median } from './quantiles';
import type { Bench } from './report';
import { measureBare } from './start/bare';
import { measureFieldbook } from './start/fieldbook';

/**
 * How long Electron takes until somebody can work with the app, and what it takes while nobody does, beside an empty window of the
 * same Electron in the same run. `--documents N` on the device, 100,000 unless given; `--rounds N` warm starts, 5 unless given.
 */
export const bench: Bench = async (tell) => {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { documents: { type: 'string' }, rounds: { type: 'string' } } });
  const documents = Number(values.documents ?? 100_000);
  const rounds = Number(values.rounds ?? 5);
  const display = await openDisplay();
  try {
    const bare = await measureBare({ display: display.name, rounds });
    const empty = await measureFieldbook({ display: display.name, rounds, documents: 0 });
    const full = await measureFieldbook({ display: display.name, rounds, documents });
    for (const [name, app] of [
      ['empty', empty],
      ['full', full],
    ] as const) {
      // Where the system does not let its cache of files be emptied, there is no cold start to be measured.
      if (app.cold !== null && bare.cold !== null)
        tell({ name: `cold-${name}`, value: app.cold, unit: 'ms', baseline: bare.cold, limit: 4 });
      tell({ name: `warm-${name}`, value: median(app.warm), unit: 'ms', baseline: median(bare.warm), limit: 4 });
      tell({ name: `idle-memory-${name}`, value: app.memory, unit: 'MB', baseline: bare.memory, limit: 4 });
      // Of one core. Compared with nothing: an empty window takes none, and a ratio to nothing tells nothing.
      tell({ name: `idle-processor-${name}`, value: app.processor, unit: '%', baseline: null, limit: 3 });
    }
    tell({ name: 'idle-processor-bare', value: bare.processor, unit: '%', baseline: null, limit: 3 });
    tell({ name: 'warm-full-to-empty', value: median(full.warm), unit: 'ms', baseline: median(empty.warm), limit: 1.5 });
  } finally {
    await display.close();
  }
};
