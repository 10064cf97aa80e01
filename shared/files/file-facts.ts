/** What a site says of the bytes of a file: how many, and their MD5 in hex; null where it says nothing. */
export type FileFacts = { size: number | null; md5: string | null };

/**
 * From a row of the `File` list. `content_hash` is the MD5 of the bytes on the site's disk, of a JPEG therefore of what the
 * server made of it (recording upload-images: photos that were sent differently have one hash, and its end stands in the
 * name). The attachments of `docinfo` have neither size nor hash (recording docinfo). A size of 0 says nothing: a file that
 * lies elsewhere has it.
 */
export const fileFacts = (row: { [fieldname: string]: unknown }): FileFacts => {
  const { file_size: size, content_hash: hash } = row;
  return {
    size: typeof size === 'number' && size > 0 ? size : null,
    md5: typeof hash === 'string' && /^[0-9a-f]{32}$/.test(hash) ? hash : null,
  };
};

const fits = (file: { size: number; md5: string }, { size, md5 }: FileFacts): boolean =>
  md5 === null ? size === null || size === file.size : md5 === file.md5;

/**
 * Are these bytes what the site says? Several File documents may share one address: one that fits is enough. Where nothing
 * is said, everything fits.
 */
export const isAsTold = (file: { size: number; md5: string }, told: readonly FileFacts[]): boolean =>
  told.length === 0 || told.some((facts) => fits(file, facts));
