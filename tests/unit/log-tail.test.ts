import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { bridge } from '@shared/bridge';
import { logFile, readLogTail } from '../../electron/log-tail';
import { openLog } from '../../electron/node-host/log';
import { logged } from '../../renderer/bridge/log-to';
import { AppError } from '@shared/errors';
import { temporaryFolder } from '../support/temporary-folder';

const line = (n: number, message = `line ${n}`) => `[2026-11-25 16:47:21.${String(n).padStart(3, '0')}] [info]  (erp)      ${message}\n`;

describe('the end of the log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(dirname(logFile(folder)));
  });

  it('is what the log was told, with level and scope', async () => {
    const log = openLog(folder);
    log.info('data-key', 'kept in key-store');
    log.debug('window sync', 'Customer: 50% (of [all])\n    second line');
    log.error('erp', '');
    const { state, lines } = await readLogTail(logFile(folder), 500);
    expect(state).toBe('read');
    expect(lines.map(({ level, scope, message }) => [level, scope, message])).toEqual([
      ['info', 'data-key', 'kept in key-store'],
      ['debug', 'window sync', 'Customer: 50% (of [all]) ⏎     second line'],
      ['error', 'erp', ''],
    ]);
    expect(lines[0]?.at).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}$/);
  });

  it('is not more lines than asked for, and goes on before a rotation', async () => {
    await writeFile(logFile(folder), line(1) + line(2) + line(3));
    await rename(logFile(folder), logFile(folder).replace('.log', '.old.log'));
    await writeFile(logFile(folder), line(4));
    expect((await readLogTail(logFile(folder), 3)).lines.map(({ message }) => message)).toEqual(['line 2', 'line 3', 'line 4']);
  });

  it('is read from the end alone, and half a line is none', async () => {
    await writeFile(logFile(folder), line(1, 'first'));
    await appendFile(logFile(folder), line(2, 'é'.repeat(200 * 1024)));
    await appendFile(logFile(folder), line(3, 'last'));
    expect((await readLogTail(logFile(folder), 500)).lines.map(({ message }) => message)).toEqual(['last']);
  });

  it('is redacted again, whoever wrote it', async () => {
    await writeFile(logFile(folder), line(1, 'Authorization: token abc123:def456 and api_secret=hunter22'));
    const [read] = (await readLogTail(logFile(folder), 1)).lines;
    expect(read?.message).toContain('***');
    expect(read?.message).not.toMatch(/abc123|def456|hunter/);
  });

  it('is empty, with a word why, where there is no file or none that can be read', async () => {
    expect(await readLogTail(logFile(folder), 9)).toEqual({ state: 'none', lines: [] });
    await mkdir(logFile(folder));
    expect(await readLogTail(logFile(folder), 9)).toEqual({ state: 'unreadable', lines: [] });
  });

  it('is asked for with a number alone, within bounds', () => {
    const { params } = bridge.app.logTail;
    expect(params.safeParse({ count: 500 }).success).toBe(true);
    for (const count of [0, 501, 1.5, '9']) expect(params.safeParse({ count }).success).toBe(false);
  });
});

describe('the window tells the log', () => {
  it('only the code of an error that the server words, which may name a document', () => {
    const told = logged(new AppError('refused', 'Customer Harbour Light\nBakery is disabled', { request: 'PUT /api/resource/Customer/…' }));
    expect(told).toMatch(/^refused PUT \/api\/resource\/Customer\/…\n +at /);
    expect(told).not.toContain('Harbour');
    expect(told).not.toContain('Bakery');
  });

  it('a defect in its own words', () => {
    expect(logged(AppError.from(new TypeError('x is undefined')))).toMatch(/^internal: x is undefined\nTypeError: x is undefined\n +at /);
  });

  it('under a scope that cannot pass for a line of its own', () => {
    const message = { level: 'info', message: '' };
    expect(bridge.app.log.params.safeParse({ ...message, scope: 'sync' }).success).toBe(true);
    expect(bridge.app.log.params.safeParse({ ...message, scope: 'x)\n[2026' }).success).toBe(false);
  });
});
