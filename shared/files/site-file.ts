/** A path of the site's files; others are addresses of elsewhere. */
export const isSiteFile = (url: string): boolean => /^\/(private\/)?files\//.test(url);
