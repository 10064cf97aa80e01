import type { Bridge } from '@shared/bridge';
import type { Filter } from '@shared/erp/filters';
import { fileFacts } from '@shared/files/file-facts';
import { isProfileFile, newestOf } from '@shared/profile/site-profile';
import type { Followed, SiteProfileFile } from '@shared/profile/site-profile';
import { largestProfile, parseProfileFile } from '@shared/profile/profile-file';
import type { ProfileFile } from '@shared/profile/profile-file';
import type { ProfileSource } from '../cache/company-profile';
import { parseRows, textOf } from './rows';
import type { Row } from './rows';

/** What is asked of the site: its list of files, and the text of one. */
export type FileQuestions = { list: Bridge['erp']['list']; text: Bridge['files']['text'] };

export type FoundProfile = { source: ProfileSource; read: () => Promise<ProfileFile> };

type Priority = 'interactive' | 'bulk';

/** The private files of the site that look like profiles, newest first. @throws AppError of the server */
export async function listProfileFiles({ list }: Pick<FileQuestions, 'list'>, account: string): Promise<SiteProfileFile[]> {
  const filters: Filter[] = [['file_name', 'like', '%fieldbook-profile%']];
  return (await listFiles(list, account, filters, 'interactive')).filter(({ fileName }) => isProfileFile(fileName));
}

/** The file that is followed, as the site has it now; null where it is not there or may not be read. @throws AppError of the server */
export async function profileFileOf(
  { list, text }: FileQuestions,
  account: string,
  followed: Followed,
  priority: Priority,
): Promise<FoundProfile | null> {
  const filters: Filter[] = followed.owner === '' ? [['file_url', '=', followed.url]] : [['file_name', 'like', '%fieldbook-profile%']];
  const listed = await listFiles(list, account, filters, priority);
  const byAddress = isProfileFile(followed.fileName) ? [] : await listFiles(list, account, [['file_url', '=', followed.url]], priority);
  const file = newestOf([...listed, ...byAddress], followed);
  if (file === null) return null;
  const { url, fileName, owner, version, facts } = file;
  return {
    source: { url, fileName, owner, version },
    read: async () => parseProfileFile((await text({ account, url, told: [facts], largest: largestProfile, priority })).text),
  };
}

const fields = ['name', 'file_name', 'file_url', 'file_size', 'content_hash', 'modified', 'owner', 'is_private'];

async function listFiles(list: FileQuestions['list'], account: string, filters: Filter[], priority: Priority): Promise<SiteProfileFile[]> {
  const ask = { account, doctype: 'File', fields, filters: [...filters, ['is_private', '=', 1] satisfies Filter], priority };
  const { text } = await list({ ...ask, orderBy: 'modified desc', limit: 100 });
  return parseRows(text).map(siteProfileFile);
}

function siteProfileFile(row: Row): SiteProfileFile {
  const facts = fileFacts(row);
  const modified = textOf(row, 'modified');
  return {
    url: textOf(row, 'file_url'),
    fileName: textOf(row, 'file_name'),
    owner: textOf(row, 'owner'),
    modified,
    version: facts.md5 ?? modified,
    facts,
  };
}
