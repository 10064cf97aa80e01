import { open } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { LogLevel, LogLine, LogTail } from '@shared/bridge/app';
import { redact } from '@shared/format/redact';
import { codeOf } from './storage-failure';

/** Where both hosts keep the log. electron-log turns it into `fieldbook.old.log` when it has grown too large. */
export const logFile = (dataFolder: string): string => join(dataFolder, 'logs', 'fieldbook.log');

const mostBytes = 256 * 1024;
const longestMessage = 4000;

/** As electron-log writes a line: `[2026-11-25 16:47:21.415] [warn]  (erp)  text`; scopes are padded to one width. */
const shape = /^\[(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3})\] \[(debug|info|warn|error)\] +\(([^)]*)\) *(.*)$/;

/** The last `count` lines of the log at `path`, redacted once more, of at most the last 256 KiB of a file. Never rejects. */
export async function readLogTail(path: string, count: number): Promise<LogTail> {
  try {
    const lines = await linesOf(path);
    if (lines.length < count) lines.unshift(...(await linesBefore(path)));
    return { state: 'read', lines: lines.slice(-count) };
  } catch (thrown) {
    return { state: codeOf(thrown) === 'ENOENT' ? 'none' : 'unreadable', lines: [] };
  }
}

/** The file before the last rotation; its absence is the rule. */
async function linesBefore(path: string): Promise<LogLine[]> {
  const { dir, name, ext } = parse(path);
  try {
    return await linesOf(join(dir, `${name}.old${ext}`));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}

async function linesOf(path: string): Promise<LogLine[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/).flatMap(parseLine);
  } finally {
    await file.close();
  }
}

/** None for what is no whole line: where the reading began, the empty end. */
function parseLine(line: string): LogLine[] {
  const [, at, level, scope, message] = shape.exec(line) ?? [];
  if (at === undefined || scope === undefined || message === undefined) return [];
  // The pattern lets nothing but the four levels through.
  return [{ at, level: level as LogLevel, scope, message: redact(message).slice(0, longestMessage) }];
}
