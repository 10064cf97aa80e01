import { isDue, minuteMs } from '@shared/sync/due';
import { savingFactor } from '@shared/sync/saves-power';
import type { Ports } from './ports';

/** How often the profile is looked through: the shorter when the last round brought something. `live`: while the site tells of changes by itself. */
const intervalMs = { shortest: minuteMs, longest: 5 * minuteMs, live: 15 * minuteMs };

/** What makes rounds rarer: the site tells of changes by itself, the battery is low. */
export type Sparing = { live: boolean; savingPower: boolean };

/** When the whole profile is looked through: because somebody asked, or because the last time is long enough ago. */
export class Rounds {
  readonly #ports: Pick<Ports, 'now' | 'random'>;
  #interval = intervalMs.shortest;
  /** Somebody asked for all of it. */
  #asked = false;
  #endedAt = 0;
  #everyMs = 0;
  #beganAt = 0;

  constructor(ports: Pick<Ports, 'now' | 'random'>) {
    this.#ports = ports;
  }

  /** How long after the last round the next one comes by itself (ms). */
  get everyMs(): number {
    return this.#everyMs;
  }

  /** When the last one began (ms). */
  get beganAt(): number {
    return this.#beganAt;
  }

  ask(): void {
    this.#asked = true;
  }

  /** `missedAt`: since when everything may have changed (ms); null where nothing says so. */
  isDue(missedAt: number | null): boolean {
    return this.#asked || (missedAt !== null && this.#beganAt < missedAt) || isDue(this.#endedAt, this.#ports.now(), this.#everyMs);
  }

  /** Runs one round, which answers how much of what it brought was new. One that fails is still asked for. */
  async run(round: (startedAt: number) => Promise<number>, sparing: () => Sparing): Promise<void> {
    this.#asked = false;
    this.#beganAt = this.#ports.now();
    try {
      const news = await round(this.#beganAt);
      this.#ended(news, sparing());
    } catch (thrown) {
      this.#asked = true;
      throw thrown;
    }
  }

  #ended(news: number, { live, savingPower }: Sparing): void {
    this.#interval = news > 0 ? intervalMs.shortest : Math.min(intervalMs.longest, this.#interval * 1.5);
    const interval = (live ? intervalMs.live : this.#interval) * (savingPower ? savingFactor : 1);
    this.#endedAt = this.#ports.now();
    this.#everyMs = interval * (0.8 + 0.4 * this.#ports.random());
  }

  /** Until the next one that comes by itself (ms). */
  untilNext(): number {
    return Math.max(500, Math.min(this.#everyMs, this.#endedAt + this.#everyMs - this.#ports.now()));
  }
}
