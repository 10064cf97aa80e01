/**
 * The words of the index in alphabetical order, so that those with a beginning lie side by side. New words wait unsorted
 * until they are many: to sort all for each would cost more than to look through a few.
 */
export class WordList {
  private sorted: string[] = [];
  private fresh: string[] = [];

  add(word: string): void {
    this.fresh.push(word);
  }

  /** Calls `each` for every word that begins with `beginning`. */
  beginning(beginning: string, each: (word: string) => void): void {
    this.settle(1_000);
    for (let at = this.firstFrom(beginning); at < this.sorted.length; at += 1) {
      const word = this.sorted[at] ?? '';
      if (!word.startsWith(beginning)) break;
      each(word);
    }
    for (const word of this.fresh) if (word.startsWith(beginning)) each(word);
  }

  each(each: (word: string) => void): void {
    this.sorted.forEach(each);
    this.fresh.forEach(each);
  }

  /** Sorts what is fresh where it is more than `most` words. */
  settle(most = 0): void {
    if (this.fresh.length <= most) return;
    // Both parts are sorted runs for a merging sort, which leaves the longer as it is.
    this.sorted = [...this.sorted, ...this.fresh.sort()].sort();
    this.fresh = [];
  }

  private firstFrom(beginning: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sorted[middle] ?? '') < beginning) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
