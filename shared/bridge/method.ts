import type { z } from 'zod';

/** One call across the bridge: a schema for its parameters (parsed on the main side) and the type of its result. */
export type Method<P, R> = { readonly params: z.ZodType<P>; readonly result?: R };

/** `method<Result>()(paramsSchema)`: the result is a type only, since the main process is trusted by the renderer. */
export const method =
  <R>() =>
  <P>(params: z.ZodType<P>): Method<P, R> => ({ params });

export type ParamsOf<M> = M extends Method<infer P, unknown> ? P : never;
export type ResultOf<M> = M extends { readonly result?: infer R } ? Exclude<R, undefined> : never;
