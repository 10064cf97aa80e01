/** The parts of a request that tell where it was made. */
export type RequestSource = { host: string | undefined; origin: string | undefined };

/**
 * Whether a request was made to this very address, from nowhere or from its own pages. A foreign name that resolves to
 * 127.0.0.1 (DNS rebinding) has another Host; a foreign page has another Origin.
 */
export function isOwnRequest({ host, origin }: RequestSource, port: number): boolean {
  const own = `127.0.0.1:${port}`;
  return host === own && (origin === undefined || origin === `http://${own}`);
}

/** A WebSocket always names its origin; without one it is not a browser's. */
export const isOwnSocket = (source: RequestSource, port: number): boolean => source.origin !== undefined && isOwnRequest(source, port);
