import { createHash } from 'node:crypto';
import type { Account } from '@shared/bridge/accounts';
import { isRecord, parseEnvelope } from '@shared/erp/envelope';
import { formatsOfPage, type SiteFormats } from '@shared/erp/site-formats';
import { AppError } from '@shared/errors';
import type { Asking } from '../erp/connection';
import type { ErpClient } from '../erp/client';

/** Who a client's credentials belong to, and what the app must know about them and their site. */
export type Identity = Pick<Account, 'user' | 'fullName' | 'roles' | 'timeZone' | 'frappeVersion' | 'erpnextVersion' | 'defaults'>;

/** Names the account's database and folder; the same for good. */
export const accountIdOf = (siteUrl: string, user: string): string =>
  createHash('sha256').update(`${siteUrl}\n${user}`).digest('hex').slice(0, 32);

const refusals = {
  key: 'The site does not accept this key and secret. Check both, or have new ones made.',
  password: 'The site began a session and does not accept it. Try again, or sign in with a key.',
  browser: 'The site gave a token and does not accept it. Try again, or sign in another way.',
};

const oldest = 14;

/** Who somebody is that signs in now: refusals in words for their way. Rejects with `unsupported` for a site too old. */
export async function identify(client: ErpClient, way: keyof typeof refusals, known: SiteFormats, signal: AbortSignal): Promise<Identity> {
  try {
    const identity = await readIdentity(client, { priority: 'interactive', signal }, known);
    if (Number.parseInt(identity.frappeVersion, 10) < oldest) {
      const sentence = `This site runs Frappe ${identity.frappeVersion}. Fieldbook works with ERPNext 14 and newer; ask your administrator when it is updated.`;
      throw new AppError('unsupported', sentence);
    }
    return identity;
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code !== 'sign-in') throw error;
    throw new AppError('sign-in', refusals[way], error.details);
  }
}

/** An account is one person's: its work must not go out in another's name. */
export const somebodyElse = ({ user }: Pick<Identity, 'user'>, account: Pick<Account, 'user'>): AppError =>
  new AppError(
    'sign-in',
    `This is the sign-in of ${user}, and the work here is that of ${account.user}. Sign in as ${account.user}, or add ${user} as an account of their own.`,
  );

const unsupported = (what: string): AppError =>
  new AppError('unsupported', `The site does not tell its ${what} as ERPNext does, so Fieldbook cannot work with it.`);

/**
 * Asks the server about its user (recordings who-am-i, user-context). Rejects with an `AppError`.
 * `known`: formats that the site told before, for when it does not tell them now.
 */
export async function readIdentity(client: ErpClient, asking: Asking, known: SiteFormats = {}): Promise<Identity> {
  const get = async (method: string, args: Record<string, unknown> = {}): Promise<unknown> =>
    (await client.call('GET', method, args, asking)).message;
  const user = await get('frappe.auth.get_logged_user');
  if (typeof user !== 'string' || user === '' || user === 'Guest') {
    throw new AppError('sign-in', 'The site does not know who this is. Sign in again.');
  }
  const [roles, zone, versions, fullName, defaults] = await Promise.all([
    get('frappe.core.doctype.user.user.get_roles', { uid: user }),
    get('frappe.client.get_time_zone'),
    get('frappe.utils.change_log.get_versions'),
    readFullName(client, user, asking),
    readDefaults(client, asking, known),
  ]);
  if (!isRecord(zone) || typeof zone['time_zone'] !== 'string') throw unsupported('time zone');
  const frappeVersion = versionOf(versions, 'frappe');
  if (frappeVersion === null) throw unsupported('version');
  return {
    user,
    fullName,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    timeZone: zone['time_zone'],
    frappeVersion,
    erpnextVersion: versionOf(versions, 'erpnext'),
    defaults,
  };
}

function versionOf(versions: unknown, app: string): string | null {
  const entry = isRecord(versions) ? versions[app] : undefined;
  return isRecord(entry) && typeof entry['version'] === 'string' ? entry['version'] : null;
}

/** What is good to know but may be kept from this user: a refusal leaves it empty, anything else goes up. */
async function ifAllowed<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (['forbidden', 'not-found', 'refused', 'server-error'].includes(error.code)) return otherwise;
    throw error;
  }
}

const readFullName = (client: ErpClient, user: string, asking: Asking): Promise<string> =>
  ifAllowed(async () => {
    const args = { doctype: 'User', filters: { name: user }, fieldname: 'full_name' };
    const { message } = await client.call('GET', 'frappe.client.get_value', args, asking);
    return isRecord(message) && typeof message['full_name'] === 'string' && message['full_name'] !== '' ? message['full_name'] : user;
  }, user);

/**
 * The person's defaults and the site's: session defaults, what User Permissions mark as the default (`Company`: `company`), the
 * currency of the company, and how dates, times and numbers are written: as the site's pages say, numbers else as the currency has them.
 */
async function readDefaults(client: ErpClient, asking: Asking, known: SiteFormats): Promise<Record<string, string>> {
  const get = (method: string): Promise<unknown> => ifAllowed(async () => (await client.call('GET', method, {}, asking)).message, null);
  const [session, permissions, told] = await Promise.all([
    get('frappe.core.doctype.session_default_settings.session_default_settings.get_session_default_values'),
    get('frappe.core.doctype.user_permission.user_permission.get_user_permissions'),
    readFormats(client, asking),
  ]);
  const formats = { ...known, ...told };
  const defaults = { ...sessionDefaults(session), ...permittedDefaults(permissions) };
  const company = defaults['company'];
  const currency =
    defaults['currency'] ?? (company === undefined ? undefined : await valueOf(client, ['Company', company], 'default_currency', asking));
  if (currency === undefined) return { ...defaults, ...formats };
  const numberFormat = formats.number_format ?? (await valueOf(client, ['Currency', currency], 'number_format', asking));
  return { ...defaults, currency, ...(numberFormat === undefined ? {} : { number_format: numberFormat }), ...formats };
}

const valueOf = (client: ErpClient, [doctype, name]: [string, string], fieldname: string, asking: Asking): Promise<string | undefined> =>
  ifAllowed(async () => {
    const value = (await client.get(doctype, name, asking)).doc[fieldname];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }, undefined);

/** A page that cannot be read costs the formats, never the sign-in. */
async function readFormats(client: ErpClient, asking: Asking): Promise<SiteFormats> {
  try {
    return formatsOfPage(await client.signInPage(asking));
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'cancelled') throw error;
    return {};
  }
}

/**
 * The one that a permission marks as the default, else the only one there is, as the desk's new documents have it; by the linked
 * DocType in snake case, as Frappe keeps defaults. One that counts for a single DocType only is left out.
 */
function permittedDefaults(message: unknown): Record<string, string> {
  const defaults: Record<string, string> = {};
  for (const [doctype, list] of Object.entries(isRecord(message) ? message : {})) {
    const rows = (Array.isArray(list) ? list.filter(isRecord) : []).filter((row) => (row['applicable_for'] ?? '') === '');
    const chosen = rows.find((row) => row['is_default'] === 1) ?? (rows.length === 1 ? rows[0] : undefined);
    if (doctype !== 'User' && typeof chosen?.['doc'] === 'string') defaults[doctype.replaceAll(' ', '_').toLowerCase()] = chosen['doc'];
  }
  return defaults;
}

/** The answer is JSON inside JSON (recording user-context). */
function sessionDefaults(message: unknown): Record<string, string> {
  const list: unknown = typeof message === 'string' ? parseEnvelope(`{"list":${message}}`)?.['list'] : message;
  const defaults: Record<string, string> = {};
  for (const row of Array.isArray(list) ? list.filter(isRecord) : []) {
    const { fieldname, default: value } = row;
    if (typeof fieldname === 'string' && typeof value === 'string' && value !== '') defaults[fieldname] = value;
  }
  return defaults;
}
