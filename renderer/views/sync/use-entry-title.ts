import type { DocumentKey } from '@shared/sync/outbox-entry';
import { useAliases } from '../../stores/aliases';

/** What a person calls a document: its title, its alias, else its name; a temporary name is never shown. */
export function useEntryTitle() {
  const aliases = useAliases();
  return (entry: DocumentKey & { alias?: string | null; title?: string | null }): string =>
    entry.title ?? entry.alias ?? aliases.shown(entry.name);
}
