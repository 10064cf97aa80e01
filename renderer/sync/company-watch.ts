import { AppError } from '@shared/errors';
import type { ErrorCode } from '@shared/errors';
import { hourMs, isDue } from '@shared/sync/due';
import { profileFileOf } from './company-file';
import { changeCompanyProfile, readCompanyProfile, takeCompanyProfile } from '../cache/company-profile';
import type { CompanyProfile } from '../cache/company-profile';
import type { Site } from './site';

/** About the file, not about the way to it: said to the person, and asked again in an hour. */
const ofTheFile: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'not-found',
  'not-frappe',
  'too-large',
  'unsupported',
  'refused',
  'server-error',
]);

/**
 * Follows the company's profile: a look at what the site says of its file at the start, hourly, and when a person asks; its bytes
 * only when they changed. What cannot be had or read changes nothing: the profile that was taken last stays.
 */
export class CompanyWatch {
  #soon = true;

  lookSoon(): void {
    this.#soon = true;
  }

  async look(site: Site): Promise<void> {
    const followed = await readCompanyProfile(site.cache);
    if (followed === null) return;
    if (!this.#soon && !isDue(followed.checkedAt, site.now(), hourMs)) return;
    try {
      await bring(site, followed);
      this.#soon = false;
    } catch (thrown) {
      const { code, message } = AppError.from(thrown);
      site.log('info', `the company's profile could not be looked at (${code})`);
      // Without a connection it is looked at with the next round.
      if (!ofTheFile.has(code)) return;
      this.#soon = false;
      const problem = { message, since: followed.problem?.since ?? site.now() };
      await changeCompanyProfile(site.cache, followed.url, { checkedAt: site.now(), problem });
    }
  }
}

async function bring(site: Site, followed: CompanyProfile): Promise<void> {
  const { erp, account, cache } = site;
  const found = await profileFileOf({ list: erp.list, text: erp.fileText }, account, followed, 'bulk');
  if (found === null)
    throw new AppError('not-found', 'Your company’s profile is not on the site any more, or you may not read it. What it said last stays.');
  if (found.source.version === followed.version) return changeCompanyProfile(cache, followed.url, { checkedAt: site.now(), problem: null });
  const file = await found.read();
  await takeCompanyProfile(cache, found.source, file, { now: site.now(), whole: false, tell: true });
  site.log('info', `the company's profile changed: ${file.entries.length} DocTypes are named in it now`);
}
