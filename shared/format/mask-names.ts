import { redact } from './redact';

const longestName = 140;

const address = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>()]+/gi;
/** Our own address without its route, and those of our own scripts in a stack, tell where a defect is and nothing else. */
const ownAddress = /^app:\/\/fieldbook(?=\/|$)/;
const script = /\/assets\/[\w.-]+\.js(:\d+)*$/;
const ipAddress = /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g;
const email = /[^\s@<>"'(),;:/]+@[^\s@<>"'(),;:/]+\.[^\s@<>"'(),;:/]+/g;
/** The folder of a person, of which the name is part. */
const home = /(\/home\/|\/Users\/|\b[a-z]:\\Users\\)([^\\/\r\n]+(?=[\\/])|[^\\/\s]+)/gi;
/** The id of an account is made of its site and user. */
const id = /\b[0-9a-f]{32,64}\b/g;

/**
 * Text in which credentials, addresses, e-mail addresses, home folders, ids, and `names` as whole words are replaced by
 * what they are. Names are compared as they are written; the longest that fits is taken.
 */
export function maskNames(text: string, names: ReadonlySet<string>): string {
  const masked = redact(text)
    .replace(address, (found) => (ownAddress.test(found) ? found.replace(/[?#].*/, '') : `<address>${script.exec(found)?.[0] ?? ''}`))
    .replace(email, '<e-mail>')
    .replace(ipAddress, '<address>')
    .replace(home, '$1<user>')
    .replace(id, '<id>');
  return maskWords(masked, names);
}

/** What of these texts is to be masked: not the shortest, and not plain small numbers, which say nothing and stand everywhere. */
export function namesToMask(texts: Iterable<string>, except: Iterable<string>): Set<string> {
  const names = new Set<string>();
  for (const text of texts) {
    const name = text.trim();
    if (name.length >= 3 && name.length <= longestName && !/^\d{1,5}$/.test(name)) names.add(name);
  }
  for (const kept of except) names.delete(kept);
  return names;
}

function maskWords(text: string, names: ReadonlySet<string>): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    const length = isEdge(text, at) ? lengthOfName(text, at, names) : 0;
    result += length > 0 ? '<name>' : text.charAt(at);
    at += Math.max(length, 1);
  }
  return result;
}

/** Of the longest name that stands at `start` as whole words; 0 for none. */
function lengthOfName(text: string, start: number, names: ReadonlySet<string>): number {
  for (let end = Math.min(text.length, start + longestName); end > start; end -= 1) {
    if (isEdge(text, end) && names.has(text.slice(start, end))) return end - start;
  }
  return 0;
}

/** A word does not go on across this place. */
const isEdge = (text: string, at: number): boolean => !(isWordSign(text.charAt(at - 1)) && isWordSign(text.charAt(at)));
const isWordSign = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);
