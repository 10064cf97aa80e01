import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '@shared/errors';
import { PlainSecrets } from '../../electron/accounts/plain-secrets';
import { Vault } from '../../electron/accounts/vault';
import { DataKey } from '../../electron/data-key';
import { openConfStore } from '../../electron/settings/conf-store';
import { fakeEncryptor, type FakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const secret = { way: 'key', apiKey: 'thekey', apiSecret: 'the-very-secret' } as const;
const id = randomBytes(16).toString('hex');

function vaultIn(folder: string, encryptor: FakeEncryptor) {
  const log = rememberingLog();
  const vault = new Vault({ encryptor, store: openConfStore(folder), plain: new PlainSecrets(join(folder, 'secrets.json')), log });
  return { vault, log };
}

const textOf = async (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

describe('vault', () => {
  it('keeps a secret in the key store, and nothing that can be read in a file', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('system');
    const { vault } = vaultIn(folder, encryptor);
    expect(vault.state()).toEqual({ at: 'protected', name: 'test store' });
    expect(await vault.keep(id, secret, 'store')).toBe('key-store');
    expect(await textOf(join(folder, 'settings.json'))).not.toContain('the-very-secret');
    expect(await textOf(join(folder, 'secrets.json'))).toBe('');
    expect(await vaultIn(folder, encryptor).vault.find(id)).toEqual({ at: 'found', secret, place: 'key-store' });
    await vault.forget(id);
    expect(await vaultIn(folder, encryptor).vault.find(id)).toEqual({ at: 'none' });
  });

  it.each(['basic_text', 'none'] as const)(
    'with %s keeps a secret for the session, and in a plain file only on the person’s word',
    async (backend) => {
      const folder = await temporaryFolder();
      const encryptor = fakeEncryptor(backend);
      const { vault } = vaultIn(folder, encryptor);
      expect(await vault.keep(id, secret, 'session')).toBe('session');
      expect(await vault.find(id)).toMatchObject({ at: 'found', place: 'session' });
      expect(await vaultIn(folder, encryptor).vault.find(id)).toEqual({ at: 'none' });
      expect(await vault.keep(id, secret, 'store')).toBe('plain-file');
      expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
      expect(await textOf(join(folder, 'settings.json'))).not.toContain('the-very-secret');
      expect(await vaultIn(folder, encryptor).vault.find(id)).toEqual({ at: 'found', secret, place: 'plain-file' });
      await vault.forget(id);
      expect(await textOf(join(folder, 'secrets.json'))).not.toContain('the-very-secret');
    },
  );

  it('forgets a secret elsewhere when it is kept anew', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('none');
    const { vault } = vaultIn(folder, encryptor);
    await vault.keep(id, secret, 'store');
    encryptor.backend = 'system';
    expect(await vault.keep(id, secret, 'store')).toBe('key-store');
    expect(await textOf(join(folder, 'secrets.json'))).not.toContain('the-very-secret');
  });

  it('says that the key store refuses, keeps what it had, and mends itself', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('system');
    const { vault, log } = vaultIn(folder, encryptor);
    await vault.keep(id, secret, 'store');
    encryptor.refuses = true;
    const thrown: unknown = await vault.keep(id, { ...secret, apiSecret: 'another-secret' }, 'store').catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'key-store' });
    expect(JSON.stringify([(thrown as AppError).toData(), String((thrown as AppError).cause), log.lines])).not.toContain('another-secret');
    expect(vault.state().at).toBe('refusing');
    expect(await vault.find(id)).toEqual({ at: 'locked' });
    encryptor.refuses = false;
    expect(await vault.find(id)).toEqual({ at: 'found', secret, place: 'key-store' });
    expect(vault.state().at).toBe('protected');
  });
});

describe('a renewed secret', () => {
  const session = { way: 'password', sid: 'first-session', csrf: null } as const;
  const renewed = { ...session, csrf: 'token-of-the-page' };

  it.each([
    ['system', 'store', 'key-store'],
    ['none', 'store', 'plain-file'],
    ['none', 'session', 'session'],
  ] as const)('takes the place of the old one, with key store %s kept by %s', async (backend, keep, place) => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor(backend);
    const { vault } = vaultIn(folder, encryptor);
    await vault.keep(id, session, keep);
    await vault.replace(id, renewed);
    expect(await vault.find(id)).toEqual({ at: 'found', secret: renewed, place });
  });

  it('is not kept once its account is signed out', async () => {
    const { vault } = vaultIn(await temporaryFolder(), fakeEncryptor('none'));
    await vault.keep(id, session, 'store');
    await vault.forget(id);
    await expect(vault.replace(id, renewed)).rejects.toMatchObject({ code: 'no-account' });
    expect(await vault.find(id)).toEqual({ at: 'none' });
  });

  it('leaves the old one where the key store refuses', async () => {
    const encryptor = fakeEncryptor('system');
    const { vault } = vaultIn(await temporaryFolder(), encryptor);
    await vault.keep(id, session, 'store');
    encryptor.refuses = true;
    await expect(vault.replace(id, renewed)).rejects.toMatchObject({ code: 'key-store' });
    encryptor.refuses = false;
    expect(await vault.find(id)).toMatchObject({ secret: session });
  });
});

describe('secrets of earlier versions', () => {
  const old = { apiKey: 'thekey', apiSecret: 'the-very-secret' };

  it('are read as the keys that they are, from the key store', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('system');
    const sealed = Buffer.from(encryptor.encrypt(JSON.stringify(old))).toString('base64');
    openConfStore(folder).set('sealedSecrets', { [id]: sealed });
    expect(await vaultIn(folder, encryptor).vault.find(id)).toEqual({ at: 'found', secret, place: 'key-store' });
  });

  it('and from the plain file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'secrets.json'), JSON.stringify({ [id]: old }));
    expect(await vaultIn(folder, fakeEncryptor('none')).vault.find(id)).toEqual({ at: 'found', secret, place: 'plain-file' });
  });
});

describe('data key', () => {
  const keyIn = (folder: string, encryptor: FakeEncryptor) =>
    new DataKey({ path: join(folder, 'data-key.json'), encryptor, log: rememberingLog() });

  it('outlives the process, and differs by account and purpose', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('system');
    const key = await keyIn(folder, encryptor).keyFor('a', 'journal');
    expect((await keyIn(folder, encryptor).keyFor('a', 'journal')).equals(key)).toBe(true);
    expect((await keyIn(folder, encryptor).keyFor('b', 'journal')).equals(key)).toBe(false);
    expect((await keyIn(folder, encryptor).keyFor('a', 'files')).equals(key)).toBe(false);
    expect(await keyIn(folder, encryptor).place()).toBe('key-store');
  });

  it('lies in a file of this user alone without a key store, and moves into one that comes later', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('basic_text');
    const key = await keyIn(folder, encryptor).keyFor('a', 'files');
    expect(await keyIn(folder, encryptor).place()).toBe('plain-file');
    expect((await stat(join(folder, 'data-key.json'))).mode & 0o777).toBe(0o600);
    encryptor.backend = 'system';
    const later = keyIn(folder, encryptor);
    expect((await later.keyFor('a', 'files')).equals(key)).toBe(true);
    expect(await later.place()).toBe('key-store');
    expect(JSON.parse(await textOf(join(folder, 'data-key.json')))).toMatchObject({ place: 'key-store' });
  });

  it('is never made anew while it is locked or damaged', async () => {
    const folder = await temporaryFolder();
    const encryptor = fakeEncryptor('system');
    const key = await keyIn(folder, encryptor).keyFor('a', 'files');
    const before = await textOf(join(folder, 'data-key.json'));
    encryptor.refuses = true;
    const locked = keyIn(folder, encryptor);
    expect(await locked.place()).toBe('locked');
    await expect(locked.keyFor('a', 'files')).rejects.toMatchObject({ code: 'key-store' });
    expect(await textOf(join(folder, 'data-key.json'))).toBe(before);
    encryptor.refuses = false;
    expect((await locked.keyFor('a', 'files')).equals(key)).toBe(true);
    await writeFile(join(folder, 'data-key.json'), '{"version":1,');
    await expect(keyIn(folder, encryptor).keyFor('a', 'files')).rejects.toMatchObject({ code: 'storage' });
    expect(await textOf(join(folder, 'data-key.json'))).toBe('{"version":1,');
  });
});
