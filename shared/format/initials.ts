/** Two letters at most that stand for a person: of the first and the last word of a name, of an address what is before the @. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .flatMap((word) => (word === undefined ? [] : (/^./su.exec(word) ?? [])))
    .join('')
    .toUpperCase();
}
