import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { codeOf } from './storage-failure';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  // Fonts and character maps that a PDF may lack.
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
};

export type ServedFile = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> };

/** What reads PDFs is handed bytes, and asks for nothing: whatever a PDF made of it, it reaches no one, this app included. */
const unconnected = /^\/assets\/pdf-worker-[^/]+\.js$/;

/**
 * A file of the built renderer for the path of a URL, with the headers it is served with; null where there is none.
 * `connectSources` are what the page may open connections to, in CSP terms.
 */
export async function rendererFile(folder: string, urlPath: string, connectSources: string): Promise<ServedFile | null> {
  const path = fileFor(folder, urlPath);
  const type = path && types[extname(path)];
  if (!type) return null;
  const body = await readFile(path).catch((thrown: unknown) => {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(codeOf(thrown) ?? '')) return null;
    throw thrown;
  });
  const sources = unconnected.test(urlPath) ? "'none'" : connectSources;
  return body && { body: new Uint8Array(body), headers: { 'content-type': type, ...securityHeaders(sources) } };
}

/** The same strict headers in both hosts. */
export function securityHeaders(connectSources: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data: blob:",
      `connect-src ${connectSources}`,
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}

/** The file a URL path names, never outside the folder. What is not an asset is one of the app's own screens. */
function fileFor(folder: string, urlPath: string): string | null {
  if (!urlPath.startsWith('/assets/')) return join(folder, 'index.html');
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null; // not a URL path at all
  }
  // No file's name holds it, and Node takes it for a mistake of ours.
  if (decoded.includes('\0')) return null;
  const path = normalize(join(folder, decoded));
  return path.startsWith(join(folder, 'assets') + sep) ? path : null;
}
