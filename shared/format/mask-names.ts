import { redact } from './redact';

const shortestName = 3;
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
 * Makes a function that replaces credentials, addresses, e-mail addresses, home folders, ids, and these names as whole
 * words by what they are. Names are compared as they are written; the longest that fits is taken. The shortest and plain
 * small numbers are left: they say nothing and stand everywhere. `except`: names that may be told.
 */
export function nameMask(texts: Iterable<string>, except: Iterable<string>): (text: string) => string {
  const names = new Set<string>();
  for (const text of texts) {
    const name = text.trim();
    if (name.length >= shortestName && name.length <= longestName && !/^\d{1,5}$/.test(name)) names.add(name);
  }
  for (const told of except) names.delete(told);
  // Few places of a text begin like a name: the others need no look at each end.
  const beginnings = new Set([...names].map((name) => name.slice(0, shortestName)));

  /** Of the longest name that stands at `start` as whole words; 0 for none. */
  function lengthOfName(text: string, start: number): number {
    if (!beginnings.has(text.slice(start, start + shortestName)) || !isEdge(text, start)) return 0;
    for (let end = Math.min(text.length, start + longestName); end > start; end -= 1) {
      if (isEdge(text, end) && names.has(text.slice(start, end))) return end - start;
    }
    return 0;
  }

  return (text) => {
    const masked = maskShapes(text);
    let result = '';
    for (let at = 0; at < masked.length;) {
      const length = lengthOfName(masked, at);
      result += length > 0 ? '<name>' : masked.charAt(at);
      at += Math.max(length, 1);
    }
    return result;
  };
}

/** What is told by its form. */
const maskShapes = (text: string): string =>
  redact(text)
    .replace(address, (found) => (ownAddress.test(found) ? found.replace(/[?#].*/, '') : `<address>${script.exec(found)?.[0] ?? ''}`))
    .replace(email, '<e-mail>')
    .replace(ipAddress, '<address>')
    .replace(home, '$1<user>')
    .replace(id, '<id>');

/** A word does not go on across this place. */
const isEdge = (text: string, at: number): boolean => !(isWordSign(text.charAt(at - 1)) && isWordSign(text.charAt(at)));
const isWordSign = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);
