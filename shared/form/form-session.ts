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
