import type { Bridge } from '@shared/bridge';
import type { Recorder } from '../cache/recorder';
import type { Timers } from '../timers';

/** Every effect that the engine has, passed in: a simulation drives the same engine with a clock of its own. */
export type Ports = Recorder & { bridge: Bridge; timers: Timers };
