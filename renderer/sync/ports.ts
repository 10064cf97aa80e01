import type { Bridge } from '@shared/bridge';
import type { Recorder } from '../cache/recorder';

/** Calls back once after `ms`; the answer takes it back. */
export type Timers = { after(ms: number, callback: () => void): () => void };

/** Every effect that the engine has, passed in: a simulation drives the same engine with a clock of its own. */
export type Ports = Recorder & { bridge: Bridge; timers: Timers };
