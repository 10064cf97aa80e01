import { createHmac } from 'node:crypto';
import { sameSecret } from '../../same-secret';

/** Frappe's `X-Frappe-Webhook-Signature`: base64 of the HMAC-SHA256 of the body as it was sent. */
export const signatureOf = (body: Uint8Array, secret: string): string => createHmac('sha256', secret).update(body).digest('base64');

export const isSignedBy = (body: Uint8Array, signature: string | undefined, secret: string): boolean =>
  sameSecret(signature ?? '', signatureOf(body, secret));
