import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bridge } from '@shared/bridge';
import { Events } from '../../electron/events';
import { openConfStore } from '../../electron/settings/conf-store';
import { SettingsService } from '../../electron/settings/settings';
import { temporaryFolder } from '../support/temporary-folder';

const defaults = {
  theme: 'system',
  density: 'comfortable',
  language: 'en',
  workOffline: false,
  createMarker: 'negative-idx',
  filesQuotaMb: 2000,
  photoSide: 'as-it-is',
  photoLocation: 'kept',
  requestBudget: 0,
  spelling: 'own',
  updates: 'notify',
};

describe('settings', () => {
  it('start with their defaults, keep what is set, and tell of it', async () => {
    const folder = await temporaryFolder();
    const events = new Events();
    const told: unknown[] = [];
    events.on((name, payload) => void told.push([name, payload]));
    const settings = new SettingsService(openConfStore(folder), events);
    expect(settings.get()).toEqual(defaults);
    settings.set({ theme: 'dark' });
    expect(settings.set({ workOffline: true, theme: undefined })).toEqual({ ...defaults, theme: 'dark', workOffline: true });
    expect(told.at(-1)).toEqual(['settings', { ...defaults, theme: 'dark', workOffline: true }]);
    expect(new SettingsService(openConfStore(folder), events).get()).toEqual({ ...defaults, theme: 'dark', workOffline: true });
  });

  it('change only what a call gives: its schema fills nothing in', () => {
    expect(bridge.settings.set.params.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  });

  it('lose one value that this version cannot read, and no other', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ settings: { theme: 'plaid', density: 'compact', future: 1 } }));
    expect(new SettingsService(openConfStore(folder), new Events()).get()).toEqual({ ...defaults, density: 'compact' });
  });

  it('start anew where their file is no JSON', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json'), '{"settings": {"theme"');
    const settings = new SettingsService(openConfStore(folder), new Events());
    expect(settings.set({ theme: 'light' })).toEqual({ ...defaults, theme: 'light' });
    expect(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ settings: { theme: 'light' } });
  });
});
