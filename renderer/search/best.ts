type Offered<T> = { score: number; item: T };

/** The best of many that are offered, without sorting all of them. `before` decides between two of the same score. */
export class Best<T> {
  private kept: Offered<T>[] = [];
  private worst: Offered<T> | undefined;

  constructor(
    private readonly limit: number,
    private readonly before: (one: T, other: T) => boolean,
  ) {}

  offer(item: T, score: number): void {
    const offered = { score, item };
    if (this.worst !== undefined && this.order(offered, this.worst) >= 0) return;
    this.kept.push(offered);
    if (this.kept.length > 2 * this.limit + 100) this.cut();
  }

  /** The best first. */
  list(): T[] {
    this.cut();
    return this.kept.map(({ item }) => item);
  }

  private cut(): void {
    this.kept = this.kept.sort((one, other) => this.order(one, other)).slice(0, this.limit);
    if (this.kept.length === this.limit) this.worst = this.kept.at(-1);
  }

  private order(one: Offered<T>, other: Offered<T>): number {
    return other.score - one.score || (this.before(one.item, other.item) ? -1 : this.before(other.item, one.item) ? 1 : 0);
  }
}
