/** What both the pages and the main process know of an address; `shared` names neither's types. */
export type UrlParts = {
  protocol: string;
  username: string;
  host: string;
  origin: string;
  pathname: string;
  search: string;
  hash: string;
  searchParams: { get(name: string): string | null } & Iterable<[string, string]>;
};

declare const URL: new (text: string) => UrlParts;

/** The parts of an absolute address; null for any other text. */
export function parseUrl(text: string): UrlParts | null {
  try {
    return new URL(text);
  } catch {
    return null; // It is no address; the caller says what that means.
  }
}
