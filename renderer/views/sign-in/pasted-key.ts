export type ApiCredentials = { apiKey: string; apiSecret: string };

/** Key and secret pasted as one, as `key:secret` or a whole `Authorization: token …` header; null for anything else. */
export function pastedKey(text: string): ApiCredentials | null {
  const match = /^\s*(?:authorization:\s*)?(?:token\s+)?([0-9a-z]{10,40}):([0-9a-z]{10,40})\s*$/i.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? { apiKey: match[1], apiSecret: match[2] } : null;
}
