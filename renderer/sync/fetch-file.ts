import type { Bridge } from '@shared/bridge';
import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { fileFacts } from '@shared/files/file-facts';
import type { FileFacts } from '@shared/files/file-facts';
import { parseRows } from './rows';

/** Several documents may share one address; so many of them are asked about. */
const mostTold = 20;

/** Fetches a file of the site that a person waits for, held against what the site says of it now. @throws AppError */
export async function fetchFile(bridge: Pick<Bridge, 'erp' | 'files'>, account: string, url: string): Promise<StoredFile> {
  return bridge.files.fetch({ account, url, told: await toldOf(bridge, account, url), priority: 'interactive' });
}

/** Nothing where the user may not list files: then the file is taken as it comes. */
async function toldOf({ erp }: Pick<Bridge, 'erp'>, account: string, url: string): Promise<FileFacts[]> {
  try {
    const { text } = await erp.list({
      account,
      priority: 'interactive',
      doctype: 'File',
      fields: ['name', 'file_size', 'content_hash'],
      filters: [['file_url', '=', url]],
      limit: mostTold,
    });
    return parseRows(text).map(fileFacts);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'forbidden' || error.code === 'refused' || error.code === 'server-error') return [];
    throw error;
  }
}
