import { useLinks } from './document-links';
import { useLive } from './use-live';

/** What people know linked documents of one DocType by, as far as this device does: by their names, live. */
export function useLinkTitles(linked: () => { doctype: string; names: readonly string[] } | null) {
  const links = useLinks();
  const titles = useLive<ReadonlyMap<string, string>>(
    async () => {
      const asked = linked();
      if (asked === null) return new Map();
      const { doctype, names } = asked;
      return new Map(await Promise.all(names.map(async (name): Promise<[string, string]> => [name, await links.titleOf(doctype, name)])));
    },
    { initial: new Map() },
  );
  return { titleOf: (name: string): string => titles.value.get(name) ?? name };
}
