import { createHmac, timingSafeEqual } from 'node:crypto';

/** Frappe's `X-Frappe-Webhook-Signature`: base64 of the HMAC-SHA256 of the body as it was sent. */
export const signatureOf = (body: Uint8Array, secret: string): string => createHmac('sha256', secret).update(body).digest('base64');

/** Compared in a time that tells nothing about where two differ. */
export function isSignedBy(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [given, wanted] = [Buffer.from(signature ?? ''), Buffer.from(signatureOf(body, secret))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
