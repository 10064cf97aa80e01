import type { Random } from '../../electron/demo/engine/random';
import type { Fault, Schedule } from '../support/faults';

const onWrites: readonly Fault[] = [
  { kind: 'drop-answer' },
  { kind: 'drop-answer' },
  { kind: 'drop-answer' },
  { kind: 'drop-request' },
  { kind: 'half-json' },
  { kind: 'bad-gateway', arrived: true },
  { kind: 'commit-late', ms: 400 },
];

/** Whether a request changes something; long lists and metadata are asked for by POST as well. */
export function isWrite({ method, url }: Request): boolean {
  if (method !== 'POST') return method !== 'GET';
  return /^\/api\/(resource\/|method\/(upload_file|frappe\.desk\.form\.utils\.add_comment)$)/.test(new URL(url).pathname);
}

/** A network that loses answers and requests, by seed. Every answer takes a moment, so that a kill finds requests on their way. */
export class Weather {
  readonly #random: Random;
  #calm = true;
  #writes = 0;
  #faults = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Requests that change something, so far. */
  get writes(): number {
    return this.#writes;
  }

  get faults(): number {
    return this.#faults;
  }

  rage(): void {
    this.#calm = false;
  }

  clear(): void {
    this.#calm = true;
  }

  readonly schedule: Schedule = (request) => {
    const write = isWrite(request);
    if (write) this.#writes += 1;
    const share = write ? 0.25 : 0.02;
    if (!this.#calm && this.#random.chance(share)) {
      this.#faults += 1;
      return write ? this.#random.pick(onWrites) : { kind: 'drop-answer' };
    }
    return write && !this.#calm ? { kind: 'delay', ms: this.#random.int(5, 120) } : undefined;
  };
}
