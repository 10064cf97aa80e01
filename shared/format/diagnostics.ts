import type { AccountsState, KeyStore } from '../bridge/accounts';
import type { Environment, LogTail } from '../bridge/app';
import type { Settings } from '../bridge/settings';
import type { OutboxEntry } from '../sync/outbox-entry';
import type { ProfileEntry } from '../sync/profile';
import type { PullProgress, SyncState } from '../sync/sync-state';
import { nameMask } from './mask-names';

/** All that the file is made of; most of it holds more than may stand there. Times are milliseconds since 1970. */
export type DiagnosticsInput = {
  now: number;
  /** IANA name of this device's time zone, in which the log is written. */
  timeZone: string;
  environment: Environment;
  keyStore: KeyStore;
  settings: Settings;
  accounts: AccountsState;
  /** Null until the engine has spoken. */
  sync: SyncState | null;
  storage: { used: number | null; quota: number | null; persisted: boolean };
  profile: readonly ProfileEntry[];
  counts: Readonly<Record<string, { total: number; unsent: number; needsYou: number }>>;
  outbox: readonly OutboxEntry[];
  log: LogTail;
  /** Names, titles and files of documents on this device, to be masked where the log has them. */
  names: Iterable<string>;
};

/**
 * A text for whoever helps: versions, settings, counts, states, the log. Never a secret, a document's contents or name,
 * a person's name, or the address of a site: these parts are written from chosen fields alone, and masked in the log.
 */
export function diagnosticsText(input: DiagnosticsInput): string {
  const sections: [title: string, lines: string[]][] = [
    ['Program', program(input)],
    ['Settings', Object.entries(input.settings).map(([key, value]) => `${key}: ${String(value)}`)],
    ['Site', site(input.accounts)],
    ['Connection', connection(input.sync)],
    ['Storage', storage(input.storage)],
    ['Kept DocTypes', input.profile.map((entry) => kept(entry, input))],
    [`Unsent changes: ${input.outbox.length}`, outbox(input.outbox)],
    ['Log, oldest first', log(input)],
  ];
  const parts = sections.map(([title, lines]) => [title, ...(lines.length > 0 ? lines : ['none']).map((line) => `  ${line}`)].join('\n'));
  return `${['Fieldbook diagnostics', ...parts].join('\n\n')}\n`;
}

const program = ({ now, timeZone, environment, keyStore }: DiagnosticsInput): string[] => [
  `version: ${environment.version}`,
  `host: ${environment.host}`,
  `platform: ${environment.platform}`,
  `key store: ${keyStore.backend} (${keyStore.name}); key of unsent work and files: ${keyStore.dataKey}`,
  `time: ${moment(now)}; time zone of this device: ${timeZone}`,
];

function site({ active, accounts }: AccountsState): string[] {
  const account = accounts.find(({ id }) => id === active);
  if (account === undefined) return [`accounts: ${accounts.length}, none in use`];
  return [
    `accounts: ${accounts.length}`,
    `kind: ${account.demo ? 'demo' : 'real'}`,
    `ERPNext: ${account.erpnextVersion ?? 'not installed'}`,
    `Frappe: ${account.frappeVersion}`,
    `time zone: ${account.timeZone}`,
    `signed in: ${yesOrNo(account.signedIn)}; secret: ${account.secretPlace}`,
  ];
}

function connection(state: SyncState | null): string[] {
  if (state === null) return [];
  const { connectivity, trouble, safetyCopy, activity, lastContact, lastSync, traffic, comparison } = state;
  return [
    `state: ${connectivity.kind}; ${activity.kind}`,
    ...(trouble === null ? [] : [`trouble: ${trouble.at}; ${trouble.code}`]),
    `safety copy: ${safetyCopy.failing === null ? 'written' : `not written, ${safetyCopy.failing.code}`}; ${safetyCopy.unreadable} changes unreadable, ${safetyCopy.damaged} places damaged`,
    `last answer: ${moment(lastContact)}; last full round: ${moment(lastSync)}`,
    `requests: ${traffic.requests}; bytes: ${traffic.bytes}; failed: ${traffic.failed}`,
    ...(comparison === null ? [] : [`last comparison: ${comparison.names} names, ${comparison.requests} requests, ${comparison.ms} ms`]),
  ];
}

const storage = ({ used, quota, persisted }: DiagnosticsInput['storage']): string[] => [
  `used: ${used ?? 'not known'} bytes; quota: ${quota ?? 'not known'} bytes; kept for good: ${yesOrNo(persisted)}`,
];

/** A filter's values may be names: only how many there are. */
function kept({ doctype, filters, window }: ProfileEntry, { counts, sync }: DiagnosticsInput): string {
  const count = counts[doctype] ?? { total: 0, unsent: 0, needsYou: 0 };
  const narrowed = [...(filters.length > 0 ? [`filters: ${filters.length}`] : []), ...(window ? [`last ${window.days} days`] : [])];
  return [
    `${doctype}: ${count.total} documents, ${count.unsent} unsent, ${count.needsYou} need a person`,
    ...narrowed,
    ...pulled(sync?.pulls[doctype]),
  ].join('; ');
}

function pulled(pull: PullProgress | undefined): string[] {
  if (pull === undefined) return [];
  const { state, completedAt, bytes, error } = pull;
  return [`${state}, complete ${moment(completedAt)}, ${bytes} bytes`, ...(error === null ? [] : [`error ${error.code}`])];
}

/** How many of each operation, state and error, the most frequent first. */
function outbox(entries: readonly OutboxEntry[]): string[] {
  const groups = new Map<string, number>();
  for (const { doctype, operation, state, lastError } of entries) {
    const at = state.at === 'parked' ? `parked, ${state.problem.kind}` : state.at;
    const group = `${operation.kind} ${doctype}: ${at}${lastError === null ? '' : `, error ${lastError.code}`}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].sort(([, a], [, b]) => b - a).map(([group, count]) => `${count} × ${group}`);
}

function log({ log: { state, lines }, names, accounts, profile, counts }: DiagnosticsInput): string[] {
  if (state === 'unreadable') return ['the log file cannot be read'];
  const people = accounts.accounts.flatMap(({ siteUrl, user, fullName }) => [user, fullName, ...hostsOf(siteUrl)]);
  const doctypes = [...profile.map(({ doctype }) => doctype), ...Object.keys(counts)];
  const mask = nameMask([...names, ...people], doctypes);
  return lines.map(({ at, level, scope, message }) => `${at} ${level} (${scope}) ${mask(message)}`);
}

/** As a message may name a site without its scheme: with its port and without. */
function hostsOf(siteUrl: string): string[] {
  const host = siteUrl.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '');
  return [host, host.replace(/:\d+$/, '')];
}

const moment = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());
const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');
