/**
 * Whether `word` begins with something that `asked` may have been meant for: at most `most` letters are wrong, missing,
 * too many, or in each other's place. Its ending is free, since a word is looked for while it is being typed.
 */
export function mayMean(asked: string, word: string, most: number): boolean {
  const length = asked.length;
  if (word.length < length - most) return false;
  const width = Math.min(word.length, length + most);
  let before: number[] = [];
  let above = Array.from({ length: width + 1 }, (_, column) => column);
  for (let row = 1; row <= length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= width; column += 1) {
      const same = asked[row - 1] === word[column - 1];
      let cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && asked[row - 1] === word[column - 2] && asked[row - 2] === word[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    before = above;
    above = current;
  }
  return above.some((cost, column) => cost <= most && column >= length - most);
}

/** How many wrong letters a word of this length may have: none in a short one, where it would be another word. */
export const typosIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);
