/**
 * Names of documents and rows that the server has not seen: a reserved prefix and a UUID.
 * Never shown to a person, and never sent to the server.
 */
export const temporaryPrefix = 'fb-new-';

const pattern = /fb-new-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

export const temporaryName = (uuid: string): string => `${temporaryPrefix}${uuid}`;
export const isTemporaryName = (name: unknown): name is string => typeof name === 'string' && name.startsWith(temporaryPrefix);
/** Does a text, e.g. a serialised body, hold a temporary name anywhere? */
export const holdsTemporaryName = (text: string): boolean => pattern.test(text);
