import { describe, expect, it } from 'vitest';
import { settingsSchema } from '@shared/bridge/settings';
import { usualLargest } from '@shared/files/site-limit';
import { diagnosticsText } from '@shared/format/diagnostics';
import type { DiagnosticsInput } from '@shared/format/diagnostics';
import { nameMask } from '@shared/format/mask-names';
import type { EntryState, OutboxEntry } from '@shared/sync/outbox-entry';

const account = '0123456789abcdef0123456789abcdef';

const entry = (seq: number, state: EntryState, part: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: `entry-${seq}`,
  seq,
  revision: 1,
  doctype: 'Customer',
  name: 'Harbour Light Bakery',
  operation: { kind: 'update', changes: { fields: { tax_id: 'DE-VALUE-1' }, tables: {} } },
  modified: null,
  marker: null,
  state,
  attempts: 1,
  createdAt: 0,
  lastError: null,
  ...part,
});

const logLine = (message: string) => ({ at: '2026-11-25 16:47:21.415', level: 'warn' as const, scope: 'erp', message });

const refused = { code: 'refused' as const, message: 'Harbour Light Bakery is disabled' };

const input: DiagnosticsInput = {
  now: Date.UTC(2026, 10, 25, 16, 48),
  timeZone: 'Europe/Berlin',
  environment: { host: 'electron', version: '9.8.7', platform: 'linux', startInDemo: false },
  keyStore: { backend: 'system', name: 'gnome_libsecret', dataKey: 'key-store' },
  settings: settingsSchema.parse({ theme: 'dark' }),
  accounts: {
    active: account,
    accounts: [
      {
        id: account,
        siteUrl: 'https://erp.alder-finch.example:8443',
        user: 'frida@alder-finch.example',
        fullName: 'Frida Field',
        roles: ['Sales User'],
        timeZone: 'Asia/Kolkata',
        frappeVersion: '15.44.0',
        erpnextVersion: '15.40.1',
        demo: false,
        signedIn: true,
        refused: false,
        way: 'key',
        secretPlace: 'key-store',
        defaults: { company: 'Alder & Finch' },
        formats: {},
        largestFile: usualLargest,
      },
    ],
    toWipe: [],
  },
  sync: {
    account,
    connectivity: { kind: 'busy', until: 0 },
    trouble: null,
    safetyCopy: { failing: null, unreadable: 2, damaged: 0 },
    lastContact: Date.UTC(2026, 10, 25, 16, 40),
    clockOff: null,
    lastSync: null,
    downloadPaused: false,
    activity: { kind: 'idle' },
    files: null,
    pulls: {
      Customer: {
        doctype: 'Customer',
        state: 'failed',
        done: 3,
        total: 5,
        bytes: 1234,
        completedAt: Date.UTC(2026, 10, 24),
        error: refused,
      },
    },
    comparison: null,
    traffic: { requests: 12, bytes: 3456, failed: 2 },
    pollEveryMs: null,
    comparisons: {},
    pauses: { count: 0, last: null },
  },
  storage: { used: 1000, quota: null, persisted: true },
  profile: [
    { doctype: 'Customer', filters: [['territory', '=', 'Secret Valley']] },
    { doctype: 'Item', filters: [], window: { field: 'modified', days: 90 } },
  ],
  counts: { Customer: { total: 42, unsent: 3, needsYou: 1 } },
  outbox: [
    entry(1, { at: 'queued' }),
    entry(2, { at: 'queued' }),
    entry(
      3,
      { at: 'parked', since: 0, problem: { kind: 'refused', ...refused, serverMessages: [refused], fields: [] } },
      { lastError: refused },
    ),
    entry(4, { at: 'queued' }, { operation: { kind: 'comment', content: 'Rings twice' } }),
  ],
  log: {
    state: 'read',
    lines: [
      logLine('Customer: lost, again in 500 ms'),
      logLine(`signed in as ${account}, secret kept in key-store`),
      logLine('PUT https://erp.alder-finch.example:8443/app/customer/Foreign%20Ltd failed for frida@alder-finch.example'),
      logLine('erp.alder-finch.example could not be found, nor 192.168.7.20:8000'),
      logLine('Could not find Harbour Light Bakery, SAL-ORD-2026-00017; told Frida Field'),
      logLine('TypeError: x ⏎     at f (app://fieldbook/assets/index-B1.js:1:23) ⏎     at g (/home/frida/app/main.js:4:5)'),
      logLine('Authorization: token key4711:secret4711; api_secret=secret4711'),
      logLine('files of pallet at noon.jpg were lost'),
    ],
  },
  names: ['Harbour Light Bakery', 'SAL-ORD-2026-00017', 'pallet at noon.jpg', 'Customer'],
};

describe('the diagnostics file', () => {
  const text = diagnosticsText(input);

  it('says what helps: versions, host, settings, counts, states and the log', () => {
    for (const words of [
      'version: 9.8.7',
      'host: electron',
      'key store: system (gnome_libsecret)',
      'theme: dark',
      'ERPNext: 15.40.1',
      'Frappe: 15.44.0',
      'time zone: Asia/Kolkata',
      'state: busy; idle',
      'safety copy: written; 2 changes unreadable, 0 places damaged',
      'last answer: 2026-11-25T16:40:00.000Z; last full round: never',
      'used: 1000 bytes; quota: not known bytes; kept for good: yes',
      'Customer: 42 documents, 3 unsent, 1 need a person; filters: 1; failed, complete 2026-11-24T00:00:00.000Z, 1234 bytes; error refused',
      'Item: 0 documents, 0 unsent, 0 need a person; last 90 days',
      'Unsent changes: 4',
      '2 × update Customer: queued',
      '1 × update Customer: parked, refused, error refused',
      '1 × comment Customer: queued',
      '2026-11-25 16:47:21.415 warn (erp) Customer: lost, again in 500 ms',
      'app://fieldbook/assets/index-B1.js:1:23',
    ]) {
      expect(text).toContain(words);
    }
  });

  it.each([
    'key4711',
    'secret4711',
    'alder-finch',
    'frida',
    'Frida',
    'Alder & Finch',
    account,
    '192.168',
    'Harbour',
    'Bakery',
    'Foreign',
    'SAL-ORD',
    'pallet',
    'DE-VALUE-1',
    'tax_id',
    'Rings twice',
    'Secret Valley',
    'is disabled',
  ])('does not hold %s', (secret) => {
    expect(JSON.stringify([input.accounts, input.outbox, input.profile, input.log.lines])).toContain(secret);
    expect(text).not.toContain(secret);
  });

  it('is made also before the engine has spoken, without an account, and without a log', () => {
    const bare = diagnosticsText({
      ...input,
      sync: null,
      accounts: { active: null, accounts: [], toWipe: [] },
      outbox: [],
      log: { state: 'none', lines: [] },
    });
    expect(bare).toContain('accounts: 0, none in use');
    expect(bare).toContain('Connection\n  none');
    expect(bare).toContain('Log, oldest first\n  none');
    expect(diagnosticsText({ ...input, log: { state: 'unreadable', lines: [] } })).toContain('the log file cannot be read');
  });
});

describe('names are masked', () => {
  const mask = nameMask(['Ann', 'Ann Arbor (Old)', 'Nos', 'm', '17', 'Company', 'Äpfel'], ['Company']);

  it.each([
    ['Ann was here', '<name> was here'],
    ['the "Ann Arbor (Old)": gone', 'the "<name>": gone'],
    ['Annex, Joann and ann stay', 'Annex, Joann and ann stay'],
    ['Äpfel, Äpfelmus', '<name>, Äpfelmus'],
    ['17 m of Company', '17 m of Company'],
    ['C:\\Users\\Ann B\\x.js and /Users/bob', 'C:\\Users\\<user>\\x.js and /Users/<user>'],
    ['at http://127.0.0.1:47800/assets/a-1.js:1:2', 'at <address>/assets/a-1.js:1:2'],
    ['app://fieldbook.example/a', '<address>'],
    ['app://fieldbook/index.html#/document/Customer/A%20B', 'app://fieldbook/index.html'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});
