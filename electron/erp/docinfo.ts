import type { DocInfo } from '@shared/bridge/erp';
import { parseVersion } from '@shared/erp/doc-version';
import { isRecord } from '@shared/erp/envelope';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** What surrounds a document, out of the `docinfo` of `getdoc` (recording docinfo): comments, attachments and versions. */
export function docInfo(raw: unknown): DocInfo {
  const info = isRecord(raw) ? raw : {};
  return {
    comments: list(info['comments']).map((row) => ({
      name: text(row['name']),
      owner: text(row['owner']),
      creation: text(row['creation']),
      content: text(row['content']),
    })),
    attachments: list(info['attachments']).map((row) => ({
      name: text(row['name']),
      file_name: text(row['file_name']),
      file_url: text(row['file_url']),
      is_private: row['is_private'] === 1 ? 1 : 0,
      ...(typeof row['file_size'] === 'number' ? { file_size: row['file_size'] } : {}),
    })),
    versions: list(info['versions']).flatMap((row) => parseVersion(row) ?? []),
  };
}
