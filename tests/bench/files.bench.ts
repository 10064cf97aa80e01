import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { Office } from '../story/office';
import { openHost } from './files/host';
import { median } from './quantiles';
import type { Bench } from './report';

const mega = 1_000_000;
/** The limit of a site, 25 MiB, is one of the whole request. */
const largest = 25 * 1024 * 1024 - 4096;
const rounds = 7;
const photos = 200;
const run = promisify(execFile);

/** Files taken in, kept and sent, beside copying the same bytes and beside curl. The real headless host, over its real socket. */
export const bench: Bench = async (tell) => {
  if (!(await build())) throw new Error('The app could not be built.');
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-files-'));
  const office = await Office.open({ scale: 8 });
  const person = office.person('field@example.com');
  const docname = office.site.documents('Customer')[0]?.name ?? '';
  const host = await openHost(join(folder, 'data'), office.url, person);
  try {
    // What runs for the first time runs slower on both sides.
    await accepting(1, 3 * mega);

    await sleep(5_000);
    const idle = await host.memory.now();
    await host.memory.countAnew();
    await host.upload(await host.accept('scan.bin', randomBytes(largest)), 'scan.bin', { doctype: 'Customer', docname });
    tell({ name: 'memory-of-25-mib', value: (await host.memory.most()) - idle, unit: 'MiB', baseline: null, limit: 64 });

    const one = await accepting(rounds, 20 * mega);
    tell({ name: 'accept-20-mb', value: median(one.taken), unit: 'ms', baseline: median(one.copied), limit: 8 });
    const many = await accepting(photos, 3 * mega);
    tell({ name: 'accept-200-photos', value: sum(many.taken), unit: 'ms', baseline: sum(many.copied), limit: 8 });

    const [sent, curl]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const bytes = randomBytes(largest);
      const file = await host.accept('upload.bin', bytes);
      const path = join(folder, 'upload.bin');
      await writeFile(path, bytes);
      sent.push(await timed(() => host.upload(file, `own ${round}.bin`, { doctype: 'Customer', docname })));
      curl.push(await timed(() => sendWithCurl(path)));
    }
    tell({ name: 'upload-25-mib', value: median(sent), unit: 'ms', baseline: median(curl), limit: 1.5 });
  } finally {
    await host.stop();
    await office.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The same bytes are taken in, and copied with fsync, by turns. */
  async function accepting(times: number, size: number): Promise<{ taken: number[]; copied: number[] }> {
    const [taken, copied]: [number[], number[]] = [[], []];
    for (let round = 0; round < times; round += 1) {
      const bytes = randomBytes(size);
      taken.push(await timed(() => host.accept('photo.bin', bytes)));
      copied.push(await timed(() => copy(join(folder, randomUUID()), bytes)));
    }
    return { taken, copied };
  }

  async function sendWithCurl(path: string): Promise<void> {
    const fields = [`file=@${path};filename=curl.bin`, 'doctype=Customer', `docname=${docname}`, 'is_private=1'];
    const authorization = `Authorization: token ${person.apiKey}:${person.apiSecret}`;
    const flags = ['--silent', '--fail', '--output', join(folder, 'answer'), '--header', authorization];
    await run('curl', [...flags, ...fields.flatMap((field) => ['--form', field]), `${office.url}/api/method/upload_file`]);
  }
};

async function copy(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
