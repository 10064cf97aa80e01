import { createHash, randomBytes } from 'node:crypto';

/** What proves that who redeems a code is who asked for it (RFC 7636, S256), and that an answer belongs to the question. */
export type Proof = { verifier: string; challenge: string; state: string };

export function newProof(): Proof {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url'), state: randomBytes(24).toString('base64url') };
}

/** The page at which the person signs in and consents. */
export function authorizeUrl(endpoint: string, { challenge, state }: Proof, client: { clientId: string; redirectUri: string }): string {
  const url = new URL(endpoint);
  url.search = new URLSearchParams({
    ...{ client_id: client.clientId, redirect_uri: client.redirectUri, response_type: 'code' },
    // One word: Frappe's library does not read `+` as a space.
    ...{ scope: 'all', state, code_challenge: challenge, code_challenge_method: 'S256' },
  }).toString();
  return url.href;
}
