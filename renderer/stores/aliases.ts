import { defineStore } from 'pinia';
import { isTemporaryName } from '@shared/erp/temporary-name';
import type { AliasRow } from '../cache/rows';
import { i18n } from '../messages/i18n';
import { useSession } from './session';
import { useLive } from './use-live';

/** What a person sees instead of a temporary name: "New Sales Order 3 (this device)". */
export const useAliases = defineStore('aliases', () => {
  const session = useSession();
  const rows = useLive<ReadonlyMap<string, AliasRow>>(
    async () => {
      const all = session.cache ? await session.cache.aliases.toArray() : [];
      return new Map(all.map((row) => [row.temporary, row]));
    },
    { initial: new Map() },
  );

  /** The name as it may be shown; a temporary one is never shown itself. */
  function shown(name: string): string {
    if (!isTemporaryName(name)) return name;
    const row = rows.value.get(name);
    return row?.alias ?? i18n.global.t('common.alias', { doctype: row?.doctype ?? '' });
  }

  return { shown };
});
