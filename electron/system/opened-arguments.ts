import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFieldbookLink } from '@shared/system/document-link';
import type { Asked } from '@shared/bridge/system';

/** What the system hands over when it starts the app, or starts it once more: a link, or a file with our extension. */
export type Opened = { link: Asked } | { workFile: string };

const workFileEnding = '.fieldbook-work';

/** The arguments that are links or files of ours; every other one, switches included, is not looked at. */
export function openedArguments(args: readonly string[]): Opened[] {
  return args.flatMap((arg): Opened[] => {
    if (/^fieldbook:/i.test(arg)) return [{ link: askedByLink(arg) }];
    const path = arg.startsWith('file://') ? pathOf(arg) : arg;
    return path !== null && isAbsolute(path) && path.toLowerCase().endsWith(workFileEnding) ? [{ workFile: path }] : [];
  });
}

export function askedByLink(text: string): Asked {
  const link = parseFieldbookLink(text);
  return link === null ? { kind: 'no-link' } : { kind: 'link', link };
}

function pathOf(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null; // The address of a file elsewhere.
  }
}
