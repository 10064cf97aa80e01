import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isStale, markBuilt } from '../../scripts/build.mjs';
import { chooseHost } from '../../scripts/choose-host.mjs';
import { describeElectron, hasDisplay } from '../../scripts/find-electron.mjs';
import { needsInstall } from '../../scripts/setup.mjs';
import { temporaryFolder } from '../support/temporary-folder';

type TypeScriptProject = {
  references?: { path: string }[];
  compilerOptions?: { outDir?: string; tsBuildInfoFile?: string };
};

/** Writes a file that was changed so many seconds after the epoch; its folders count as of second 1. */
async function write(folder: string, path: string, second: number): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
  await utimes(file, second, second);
  for (let at = dirname(file); at !== folder; at = dirname(at)) await utimes(at, 1, 1);
}

describe('whether the dependencies are installed', () => {
  it.each([
    { when: 'there are none', installed: null, install: true },
    { when: 'they are older than the lockfile', installed: 9, install: true },
    { when: 'they are as old as the lockfile', installed: 10, install: false },
    { when: 'they are newer than the lockfile', installed: 11, install: false },
  ])('when $when: $install', async ({ installed, install }) => {
    const folder = await temporaryFolder();
    await write(folder, 'package-lock.json', 10);
    if (installed !== null) await write(folder, 'node_modules/.package-lock.json', installed);
    expect(needsInstall(folder)).toBe(install);
  });
});

describe('a build', () => {
  async function sources(): Promise<{ folder: string; out: string }> {
    const folder = await temporaryFolder();
    const files = ['electron/host/a.ts', 'renderer/views/list/a.vue', 'shared/form/a.ts'];
    for (const path of [...files, 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json']) await write(folder, path, 10);
    await write(folder, 'out/main/main.js', 20);
    return { folder, out: join(folder, 'out') };
  }

  it('is stale when there is none, or when it broke off', async () => {
    const { folder, out } = await sources();
    expect(isStale(folder, out)).toBe(true);
    await rm(out, { recursive: true });
    expect(isStale(folder, out)).toBe(true);
  });

  it('is good while nothing has changed since', async () => {
    const { folder, out } = await sources();
    markBuilt(out, new Date(20_000));
    await write(folder, 'tests/unit/a.test.ts', 30);
    expect(isStale(folder, out)).toBe(false);
  });

  it.each(['electron/host/a.ts', 'renderer/views/list/new.vue', 'shared/form/a.ts', 'package-lock.json', 'electron.vite.config.ts'])(
    'is stale once %s is newer',
    async (path) => {
      const { folder, out } = await sources();
      markBuilt(out, new Date(20_000));
      await write(folder, path, 30);
      expect(isStale(folder, out)).toBe(true);
    },
  );

  it('is stale when a source changed while it was made', async () => {
    const { folder, out } = await sources();
    await write(folder, 'shared/form/a.ts', 25);
    markBuilt(out, new Date(20_000));
    expect(isStale(folder, out)).toBe(true);
  });

  // The type check runs beside a build: what it wrote among the sources would make that build stale, and the next start
  // would take the pages away from under the app that runs.
  it('is not made stale by the type check', async () => {
    const root = join(import.meta.dirname, '../..');
    const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as TypeScriptProject;
    const { references = [] } = await read(join(root, 'tsconfig.json'));
    const folders = await Promise.all(
      references.map(async ({ path }) => {
        const named = join(root, path);
        const file = (await stat(named)).isDirectory() ? join(named, 'tsconfig.json') : named;
        const { compilerOptions: { outDir, tsBuildInfoFile } = {} } = await read(file);
        return relative(root, join(dirname(file), outDir ?? tsBuildInfoFile ?? '.'));
      }),
    );
    expect(folders).toHaveLength(5);
    for (const folder of folders) expect(folder).toMatch(/^node_modules\/\.cache\//);
  });

  it('is stale once a source is gone', async () => {
    const { folder, out } = await sources();
    markBuilt(out, new Date(20_000));
    await rm(join(folder, 'renderer/views/list/a.vue'));
    expect(isStale(folder, out)).toBe(true);
  });
});

describe('the app starts', () => {
  const electron = { path: '/electron', version: '45.4.1', old: false };
  const instead = 'Fieldbook is served to a browser on this machine instead.';

  it('in Electron where there is one and a display', () => {
    expect(chooseHost(true, electron)).toEqual({ electron: '/electron', said: null });
  });

  it('in a browser otherwise, and says in one line why', () => {
    expect(chooseHost(false, null)).toEqual({ electron: null, said: `There is no display for a window. ${instead}` });
    expect(chooseHost(true, null)).toEqual({ electron: null, said: `Electron could not be had here. ${instead}` });
    const old = { ...electron, version: '22.3.25', old: true };
    expect(chooseHost(true, old)).toEqual({ electron: null, said: `Electron 22.3.25 is too old. ${instead}` });
  });

  it('with a display everywhere but on a Linux without one', () => {
    expect([hasDisplay('darwin', {}), hasDisplay('win32', {}), hasDisplay('linux', {})]).toEqual([true, true, false]);
    expect([hasDisplay('linux', { DISPLAY: ':0' }), hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })]).toEqual([true, true]);
  });

  it.skipIf(process.platform === 'win32')(
    'in no Electron that does not start, nor in one that is older than the product needs',
    async () => {
      const folder = await temporaryFolder();
      const program = async (name: string, script: string) => {
        const path = join(folder, name);
        await writeFile(path, `#!/bin/sh\n${script}\n`);
        await chmod(path, 0o755);
        return path;
      };
      const current = await program('current', 'echo 45.4.1');
      expect(describeElectron(current)).toEqual({ path: current, version: '45.4.1', old: false });
      expect(describeElectron(await program('old', 'echo 33.9.0'))).toMatchObject({ old: true });
      expect(describeElectron(await program('oldest', 'echo 34.0.0'))).toMatchObject({ old: false });
      expect(describeElectron(await program('broken', 'echo "error while loading shared libraries" >&2; exit 127'))).toBeNull();
      expect(describeElectron(join(folder, 'missing'))).toBeNull();
    },
  );
});
