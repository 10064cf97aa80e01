/**
 * How a regular expression can go wrong. `loops`: how many of its parts may match longer or shorter stretches, each of which
 * multiplies the work by the length of the text. Null: it may take for ever (a repeated group that can match one text in
 * several ways, or a back reference), or is not understood.
 */
export function loopsOf(pattern: string): number | null {
  let loops = 0;
  const open: Group[] = [group()];
  for (let at = 0; at < pattern.length;) {
    const inner = open.at(-1);
    if (inner === undefined) return null;
    const rest = pattern.slice(at);
    const token = /^(\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[*+?]|\{\d+(?:,\d*)?\}|[^])/u.exec(rest)?.[0] ?? '';
    at += token.length;
    if (/^\\[1-9k]/.test(token)) return null;
    if (token.startsWith('(')) open.push(group());
    else if (token === '|') {
      inner.beginnings.push('');
    } else if (token === ')') {
      open.pop();
      const around = open.at(-1);
      if (around === undefined) return null;
      const repeated = /^([*+]|\{\d+(,\d*)?\})/.test(pattern.slice(at));
      if (repeated && (inner.varies || !isToldApart(inner.beginnings))) return null;
      if (around.beginnings.at(-1) === '') around.beginnings.push(ambiguous);
      if (inner.varies || inner.beginnings.length > 1) around.varies = true;
    } else if (isQuantifier(token)) {
      // After another quantifier it makes that one lazy.
      if (!/^\{\d+\}$/.test(token)) inner.varies = true;
      if (token !== '?' && !/^\{\d+\}$/.test(token)) loops += 1;
    } else if (inner.beginnings.at(-1) === '') {
      inner.beginnings[inner.beginnings.length - 1] = /^[\p{L}\p{N}]$/u.test(token) ? token.toLowerCase() : ambiguous;
    }
  }
  return open.length === 1 ? loops : null;
}

/** What is between two brackets: how each of its alternatives begins, and whether it can match texts of several lengths. */
type Group = { beginnings: string[]; varies: boolean };
const group = (): Group => ({ beginnings: [''], varies: false });
/** A beginning that may be that of another alternative too. */
const ambiguous = '…';

const isQuantifier = (token: string): boolean => /^([*+?]|\{\d+(,\d*)?\})$/.test(token);

/** The first letter decides which of the alternatives it is. */
const isToldApart = (beginnings: readonly string[]): boolean =>
  beginnings.length === 1 ||
  (new Set(beginnings).size === beginnings.length && !beginnings.some((each) => each === '' || each === ambiguous));

/** The most steps that one test may take: some hundredths of a second. */
const maxSteps = 5_000_000;

/** May the expression be tried on a text of this length (in UTF-16 units)? */
export function isQuick(pattern: string, length: number): boolean {
  const loops = loopsOf(pattern);
  if (loops === null) return false;
  // Where it is not bound to the beginning it is tried at each place.
  const places = pattern.startsWith('^') && !pattern.includes('|') ? 0 : 1;
  return Math.max(1, length) ** (loops + places) <= maxSteps;
}
