import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const httpsOnly = z.url({ protocol: /^https$/ }).or(z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }));

/** What a package was made with: where newer versions are published, and the key (PEM) that signs them. */
const packagedSchema = z.object({
  fieldbook: z.object({ updateFeed: httpsOnly.optional(), updateKey: z.string().max(2000).optional() }).default({}),
});
/** What an administrator may say for all users of a computer. */
const policySchema = z.object({ updateFeed: httpsOnly.or(z.literal('')).optional() });

export type UpdateSource = { feed: string; key: string };

/**
 * Where newer versions come from: the feed that the administrator of this computer names, or else the package's own. Neither is
 * a setting of the window: whoever could choose the feed would choose what runs. Null where there is none, or no key.
 */
export async function updateSource(appFolder: string, policyFile: string): Promise<UpdateSource | null> {
  const packaged = packagedSchema.safeParse(await readJson(join(appFolder, 'package.json')));
  const policy = policySchema.safeParse((await readJson(policyFile)) ?? {});
  const own = packaged.success ? packaged.data.fieldbook : {};
  const feed = (policy.success ? policy.data.updateFeed : undefined) ?? own.updateFeed ?? '';
  return feed === '' || own.updateKey === undefined ? null : { feed: feed.replace(/\/+$/, ''), key: own.updateKey };
}

/** Where an administrator, and no ordinary user, may write. */
export function policyFile(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Fieldbook', 'policy.json');
  return platform === 'darwin' ? '/Library/Application Support/Fieldbook/policy.json' : '/etc/fieldbook/policy.json';
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null; // Not there, or nothing that can be read: as if nothing was said.
  }
}
