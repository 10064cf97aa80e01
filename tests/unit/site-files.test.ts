import { describe, expect, it } from 'vitest';
import { fileFacts, isAsTold } from '@shared/files/file-facts';
import { wantedFiles } from '@shared/files/files-offline';
import { attachmentsKnown } from '../../renderer/cache/site-files';
import { filesByKind } from '../../renderer/views/settings/files-by-kind';

const md5 = 'a'.repeat(32);
const listed = { name: 'f1', doctype: 'Customer', docname: 'Acme', fileName: 'plan.pdf', url: '/private/files/plan.pdf', size: 900, md5 };
const row = { ...listed, isPrivate: 1 as const, modified: '' };

describe('what a site says of a file', () => {
  it('is its size and hash, and nothing where they are missing or of another kind', () => {
    expect(fileFacts({ file_size: 900, content_hash: md5 })).toEqual({ size: 900, md5 });
    expect(fileFacts({ file_size: 0, content_hash: null })).toEqual({ size: null, md5: null });
    expect(fileFacts({ file_size: '900', content_hash: 'sha1:00' })).toEqual({ size: null, md5: null });
  });

  it('is held against the bytes: by the hash where there is one, else by the size', () => {
    const file = { size: 900, md5 };
    expect(isAsTold(file, [])).toBe(true);
    expect(isAsTold(file, [{ size: null, md5: null }])).toBe(true);
    expect(isAsTold(file, [{ size: 900, md5: null }])).toBe(true);
    expect(isAsTold(file, [{ size: 901, md5: null }])).toBe(false);
    expect(isAsTold(file, [{ size: 900, md5: 'b'.repeat(32) }])).toBe(false);
    // Another File document of the same address.
    expect(
      isAsTold(file, [
        { size: 1, md5: 'b'.repeat(32) },
        { size: 900, md5 },
      ]),
    ).toBe(true);
  });
});

it('what is wanted is of the site, small enough, and each address once', () => {
  const other = { ...listed, name: 'f2' };
  const elsewhere = { ...listed, name: 'f3', url: 'https://elsewhere.example/a.pdf' };
  const unknown = { ...listed, name: 'f4', url: '/files/old.pdf', size: null };
  const large = { ...listed, name: 'f5', url: '/files/large.pdf', size: 1_000_001 };
  const all = [listed, other, elsewhere, unknown, large];
  expect(wantedFiles(all, { largestMb: 1 })).toEqual([{ url: listed.url, files: [listed, other] }]);
  expect(wantedFiles(all, { largestMb: null }).map(({ url }) => url)).toEqual([listed.url, unknown.url, large.url]);
});

it('the files of a document that was never opened here are known from the list, and their sizes always', () => {
  const attachment = { name: 'f1', file_name: 'plan.pdf', file_url: '/private/files/plan.pdf', is_private: 1 as const };
  expect(attachmentsKnown(undefined, [row])).toEqual([{ ...attachment, file_size: 900 }]);
  expect(attachmentsKnown({ comments: [], attachments: [attachment] }, [row])).toEqual([{ ...attachment, file_size: 900 }]);
  // The list is older: what was taken away there since is not shown.
  expect(attachmentsKnown({ comments: [], attachments: [] }, [row])).toEqual([]);
});

it('what takes room is told by kind, the same bytes once', () => {
  const held = (kind: 'fetched' | 'pdf' | 'sent', id: string, size: number) => ({
    kind,
    id,
    size,
    usedAt: 0,
    key: `${kind}${id}`,
    url: null,
  });
  const again = [held('fetched', 'a', 5), held('fetched', 'a', 5), held('pdf', 'b', 7)];
  const unsent = new Map([
    ['c', 11],
    ['d', 0],
  ]);
  expect(filesByKind({ again, unsent })).toEqual([
    { kind: 'fetched', count: 1, bytes: 5 },
    { kind: 'pdf', count: 1, bytes: 7 },
    { kind: 'unsent', count: 1, bytes: 11 },
  ]);
});
