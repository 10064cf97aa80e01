import type { Told } from '@shared/bridge/system';

/** What a window tells of an account at rest, with changes. */
export const told = (changes: Partial<Told> = {}): Told => ({
  account: 'a'.repeat(32),
  pill: 'up-to-date',
  tone: 'ok',
  text: 'Up to date · 2 min ago',
  needsYou: 0,
  unsent: 0,
  sending: false,
  workOffline: false,
  download: { since: null, lastSync: 1 },
  site: 'https://erp.example.com',
  recent: [{ doctype: 'Customer', name: 'C-1', title: 'Grant & Söhne' }],
  creatable: ['Sales Order'],
  printable: false,
  ...changes,
});
