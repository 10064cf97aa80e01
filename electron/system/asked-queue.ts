import type { Asked } from '@shared/bridge/system';
import type { Events } from '../events';

/** More than these nobody meant: a link that is opened again and again. */
const longest = 20;

/** What the system asked of the window and the window has not taken yet: it may still be loading, or not be there. */
export class AskedQueue {
  readonly #events: Events;
  #waiting: Asked[] = [];

  constructor(events: Events) {
    this.#events = events;
  }

  push(asked: Asked): void {
    this.#waiting = [...this.#waiting, asked].slice(-longest);
    this.#events.emit('asked', null);
  }

  take(): Asked[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

const inTheBackground: ReadonlySet<string> = new Set(['sync-now', 'work-offline', 'work-online']);

/** Whether the person wants to see what comes of it, so that a hidden window has to come up. */
export const wantsWindow = (asked: Asked): boolean => asked.kind !== 'command' || !inTheBackground.has(asked.command);
