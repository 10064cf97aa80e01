import { timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing about where two differ; that their lengths differ, it tells. */
export function sameSecret(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
