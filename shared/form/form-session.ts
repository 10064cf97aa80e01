import type { DocumentValues } from '../erp/document';

/** What a form knows of the person, the site and the moment. The moment is passed in: deciders have no clock. */
export type FormSession = {
  /** The user's name (an e-mail address as a rule). */
  user: string;
  roles: readonly string[];
  /** Defaults of user and site by key, e.g. `company`, `currency`, `number_format`. */
  defaults: Readonly<Record<string, string>>;
  /** Today in the site's time zone, `YYYY-MM-DD`. */
  today: string;
  /** Now in the site's time zone, `YYYY-MM-DD HH:mm:ss`. */
  now: string;
};

/**
 * A session as the forms of one company see it: the company and its currency stand for the person's defaults of those names.
 * `record`: the company's, null where this device does not have it. Then its currency is unknown, unless it is the person's own.
 */
export function inCompany(session: FormSession, name: string | null, record: DocumentValues | null): FormSession {
  const company = record?.['name'] ?? name;
  if (typeof company !== 'string' || (record === null && company === session.defaults['company'])) return session;
  const { currency: _ofAnother, ...others } = session.defaults;
  const currency = record?.['default_currency'];
  return { ...session, defaults: { ...others, company, ...(typeof currency === 'string' && currency !== '' ? { currency } : {}) } };
}
