import { accounts } from './bridge/accounts';
import type { AccountsState } from './bridge/accounts';
import { apiUse } from './bridge/api-use';
import { app } from './bridge/app';
import { erp } from './bridge/erp';
import { files } from './bridge/files';
import { journal } from './bridge/journal';
import { live } from './bridge/live';
import type { LiveHint, LiveState, Viewers } from './bridge/live';
import type { ParamsOf, ResultOf } from './bridge/method';
import { signIn } from './bridge/sign-in';
import { settings } from './bridge/settings';
import type { Settings } from './bridge/settings';
import { system } from './bridge/system';
import { webhooks } from './bridge/webhooks';
import { work } from './bridge/work';
import type { ErrorData } from './errors';
import type { UpdateState } from './system/updates';

/**
 * The contract between the processes: every call a window or its worker may make of the main process.
 * A method has a schema for its parameters, parsed on the main side, and a typed result.
 */
export const bridge = { accounts, signIn, erp, files, journal, work, settings, live, webhooks, apiUse, system, app };

export type BridgeContract = typeof bridge;
export type ServiceName = keyof BridgeContract;

/** The part of an `AbortSignal` that a call listens to (`shared` knows neither DOM nor Node). */
export type CancelSignal = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** What a caller may say besides parameters: a signal that takes the call back (`AppError` code `cancelled`). */
export type CallOptions = { signal?: CancelSignal | undefined };

/** The services as the renderer sees them. Every call rejects with an `AppError` and nothing else. */
export type Bridge = {
  [S in ServiceName]: {
    [M in keyof BridgeContract[S]]: (
      params: ParamsOf<BridgeContract[S][M]>,
      options?: CallOptions,
    ) => Promise<ResultOf<BridgeContract[S][M]>>;
  };
};

/** The services as the main process implements them with its own `AbortSignal`; parameters are parsed before. */
export type Services<Signal> = {
  [S in ServiceName]: {
    [M in keyof BridgeContract[S]]: (
      params: ParamsOf<BridgeContract[S][M]>,
      context: { signal: Signal },
    ) => Promise<ResultOf<BridgeContract[S][M]>>;
  };
};

/** What the main process tells every window and worker by itself. */
export type BridgeEvents = {
  accounts: AccountsState;
  settings: Settings;
  uploadProgress: { account: string; file: string; docname: string; sent: number; total: number };
  /** The system asks something of the window, which takes it with `system.take`. */
  asked: null;
  updates: UpdateState;
  /** The device slept and woke: a hint to look again. A window hears by itself of its network. */
  wake: { reason: 'resume' };
  /** Of the active account. */
  live: LiveState;
  hint: { account: string; hint: LiveHint };
  viewers: { account: string } & Viewers;
};

/** The two halves of the RPC channel (birpc). A result is data; an error is data too, never a thrown string. */
export type MainFunctions = {
  call(id: string, method: string, params: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: ErrorData }>;
  cancel(id: string): void;
};
export type RendererFunctions = {
  event<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]): void;
};
