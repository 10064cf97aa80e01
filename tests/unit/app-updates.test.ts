import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedTextOf } from '../../scripts/sign-release.mjs';
import { AppUpdates } from '../../electron/system/app-updates';
import type { Updater } from '../../electron/system/app-updates';
import { policyFile, updateSource } from '../../electron/system/release-facts';
import { isSigned, signedText } from '../../electron/system/signed-release';
import type { Release } from '../../electron/system/signed-release';
import type { UpdateChoice, UpdateState } from '@shared/system/updates';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const release: Release = { version: '1.2.0', notes: 'Better', files: [{ url: 'Fieldbook.AppImage', sha512: 'abc=' }] };

function device(options: { choice?: UpdateChoice; signed?: boolean; found?: Release | null; fails?: boolean } = {}) {
  const did: string[] = [];
  const states: UpdateState['at'][] = [];
  const now = { choice: options.choice ?? 'notify', sending: false };
  const updater: Updater = {
    check: async () => {
      did.push('check');
      if (options.fails) throw new Error('ENOTFOUND updates.example.com');
      return options.found === undefined ? release : options.found;
    },
    fetch: async (onPercent) => {
      did.push('fetch');
      onPercent(50.4);
    },
    install: () => void did.push('install'),
    installAtEnd: (yes) => void did.push(`at end: ${yes}`),
  };
  const updates = new AppUpdates({
    updater,
    isSigned: async () => options.signed ?? true,
    choice: () => now.choice,
    told: () => ({ sending: now.sending }),
    changed: ({ at }) => void states.push(at),
    now: () => 7,
    log: rememberingLog(),
  });
  return { updates, did, states, now };
}

describe('a newer version', () => {
  it('is said, and fetched and installed when the person wants it', async () => {
    const { updates, did, states } = device();
    expect(await updates.check()).toEqual({ at: 'found', version: '1.2.0', notes: 'Better' });
    expect(await updates.update()).toEqual({ at: 'ready', version: '1.2.0', notes: 'Better', waits: false });
    await updates.update();
    expect(did).toEqual(['check', 'fetch', 'at end: false', 'install']);
    expect(states).toEqual(['checking', 'found', 'fetching', 'fetching', 'ready', 'ready']);
  });

  it('is never fetched or installed while work is being sent, and afterwards it is', async () => {
    const { updates, did, now } = device({ choice: 'automatic' });
    now.sending = true;
    expect((await updates.check()).at).toBe('found');
    expect(did).toEqual(['check']);
    now.sending = false;
    await updates.toldAgain();
    expect(updates.state().at).toBe('ready');
    now.sending = true;
    expect(await updates.update()).toMatchObject({ at: 'ready', waits: true });
    await updates.toldAgain();
    expect(did).not.toContain('install');
    expect(did.at(-1)).toBe('at end: false');
    now.sending = false;
    await updates.toldAgain();
    expect(did.slice(-2)).toEqual(['at end: true', 'install']);
  });

  it('waits for the end of the app where it is automatic, and for the person where it is not', async () => {
    const automatic = device({ choice: 'automatic' });
    expect((await automatic.updates.check()).at).toBe('ready');
    expect(automatic.did).toEqual(['check', 'fetch', 'at end: true']);
    const notify = device();
    await notify.updates.check();
    await notify.updates.toldAgain();
    expect(notify.did).not.toContain('fetch');
  });

  it('that the maker did not sign is not offered, and that is said', async () => {
    const { updates, did } = device({ choice: 'automatic', signed: false });
    expect(await updates.check()).toMatchObject({ at: 'failed', message: expect.stringContaining('did not sign') });
    await updates.update();
    expect(did).toEqual(['check']);
  });

  it('is not looked for where the person does not want it', async () => {
    const { updates, did } = device({ choice: 'off' });
    expect(await updates.check()).toEqual({ at: 'off', why: 'setting' });
    expect(did).toEqual([]);
  });

  it('may be none, or not be found out: the app goes on, and says it without the network’s words', async () => {
    expect(await device({ found: null }).updates.check()).toEqual({ at: 'idle', checkedAt: 7 });
    const failed = await device({ fails: true }).updates.check();
    expect(failed).toMatchObject({ at: 'failed', message: expect.not.stringContaining('ENOTFOUND') });
  });
});

describe('the maker’s signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const signature = sign(null, Buffer.from(signedText(release)), privateKey).toString('base64');

  it('holds for what was signed alone', () => {
    expect(isSigned(release, `${signature}\n`, pem)).toBe(true);
    expect(isSigned({ ...release, version: '1.2.1' }, signature, pem)).toBe(false);
    expect(isSigned({ ...release, files: [{ url: 'Fieldbook.AppImage', sha512: 'abd=' }] }, signature, pem)).toBe(false);
    expect(isSigned({ ...release, files: [...release.files, { url: 'b', sha512: 'x' }] }, signature, pem)).toBe(false);
  });

  it('is made by the script that publishes a version, of the file that the packager writes', () => {
    const yml = [
      'version: 1.2.0',
      'files:',
      '  - url: Fieldbook.AppImage',
      '    sha512: abc=',
      '    size: 7',
      '    blockMapSize: 1',
      'path: Fieldbook.AppImage',
      'sha512: abc=',
      "releaseDate: '2026-11-29T10:00:00.000Z'",
      'stagingPercentage: 10',
      '',
    ].join('\n');
    expect(signedTextOf(yml)).toBe(signedText(release));
    expect(() => signedTextOf('version: 1.2.0\n')).toThrow('no list of files');
  });

  it('is none where there is no key, no signature, another key or nothing to download', () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(isSigned(release, signature, other)).toBe(false);
    expect(isSigned(release, '', pem)).toBe(false);
    expect(isSigned(release, signature, 'no key')).toBe(false);
    const empty = { ...release, files: [] };
    expect(isSigned(empty, sign(null, Buffer.from(signedText(empty)), privateKey).toString('base64'), pem)).toBe(false);
  });
});

describe('where newer versions come from', () => {
  async function place(facts: object, policy?: string): Promise<Awaited<ReturnType<typeof updateSource>>> {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'fieldbook', fieldbook: facts }));
    await mkdir(join(folder, 'etc'));
    if (policy !== undefined) await writeFile(join(folder, 'etc/policy.json'), policy);
    return updateSource(folder, join(folder, 'etc/policy.json'));
  }
  const own = { updateFeed: 'https://updates.example.com/fieldbook/', updateKey: 'PEM' };

  it('is what the package was made with, or what the administrator of the computer says', async () => {
    expect(await place(own)).toEqual({ feed: 'https://updates.example.com/fieldbook', key: 'PEM' });
    expect(await place(own, '{"updateFeed":"https://inside.example.com"}')).toEqual({ feed: 'https://inside.example.com', key: 'PEM' });
    expect(await place(own, '{"updateFeed":""}')).toBeNull();
  });

  it('is nowhere without a feed or without a key, and never an address that is not encrypted', async () => {
    expect(await place({})).toBeNull();
    expect(await place({ updateFeed: own.updateFeed })).toBeNull();
    expect(await place({ ...own, updateFeed: 'http://updates.example.com' })).toBeNull();
    expect(await place({ updateKey: 'PEM' }, '{"updateFeed":"http://inside.example.com"}')).toBeNull();
    expect(await place(own, 'no JSON')).toEqual({ feed: 'https://updates.example.com/fieldbook', key: 'PEM' });
  });

  it('is said in a place that only an administrator writes to', () => {
    expect(policyFile('linux', {})).toBe('/etc/fieldbook/policy.json');
    expect(policyFile('darwin', {})).toBe('/Library/Application Support/Fieldbook/policy.json');
    expect(policyFile('win32', { ProgramData: 'D:\\Data' })).toContain('D:\\Data');
  });
});
