import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onlyDexieInTransaction } from '../../eslint/only-dexie-in-transaction.mjs';

/** Functions of the renderer, each with a transaction in it; the rule may complain of those that are called `bad…`. */
const source = `
import Dexie from 'dexie';
const db = new Dexie('x');
const rows = db.table('rows');
const asks = (): Promise<number> => Promise.resolve(1);
const puts = async (): Promise<void> => void (await rows.put({}));
const asksDeep = async (): Promise<void> => { await rows.put({}); await asks(); };
export const goodDirect = () => db.transaction('rw', rows, async () => { await rows.put({}); });
export const goodThrough = () => db.transaction('rw', rows, async () => { await puts(); });
export const goodAll = () => db.transaction('rw', rows, async () => { await Promise.all([rows.put({}), rows.count()]); });
export const goodOutside = async () => { await asks(); await db.transaction('rw', rows, async () => { await rows.clear(); }); };
export const badDirect = () => db.transaction('rw', rows, async () => { await asks(); });
export const badFetch = () => db.transaction('rw', rows, async () => { await fetch('/'); });
export const badThrough = () => db.transaction('rw', rows, async () => { await asksDeep(); });
export const badAll = () => db.transaction('rw', rows, async () => { await Promise.all([rows.put({}), asks()]); });
`;

let folder: string;
beforeAll(() => {
  mkdirSync('out', { recursive: true });
  folder = mkdtempSync(join('out', 'lint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('inside a transaction only what waits for Dexie alone may be awaited, also through functions', () => {
  const file = join(folder, 'renderer', 'x.ts');
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    types: [],
  });
  const found = new Linter({ cwd: process.cwd() }).verify(
    source,
    {
      files: ['**/*.ts'],
      languageOptions: { parser, parserOptions: { programs: [program] } },
      plugins: { fieldbook: { rules: { only: onlyDexieInTransaction } } },
      rules: { 'fieldbook/only': 'error' },
    },
    { filename: file },
  );
  const lines = source.split('\n');
  const names = found.map(({ line, message }) => /const (\w+)/.exec(lines[line - 1] ?? '')?.[1] ?? message);
  expect(names).toEqual(['badDirect', 'badFetch', 'badThrough', 'badAll']);
});
