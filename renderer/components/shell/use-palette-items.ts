import { CirclePause, Play, Plus, RefreshCw } from '@lucide/vue';
import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { mayCreate } from '@shared/erp/permissions';
import { listDocTypes, readDocTypes } from '../../cache/doctypes';
import { useFormats } from '../../stores/formats';
import { usePreferences } from '../../stores/preferences';
import { useProfile } from '../../stores/profile';
import { useSession, useWorkspace } from '../../stores/session';
import { useLive } from '../../stores/use-live';
import { lastOpened } from '../../search/last-opened';
import { useSearch } from '../../stores/search';
import { doctypeIcon } from '../doctype-icon';
import { usePaletteLink } from './use-palette-link';
import { usePaletteServer } from './use-palette-server';
import type { PaletteServer } from './use-palette-server';
import { documentItem, matchesWords, places } from './palette-actions';
import type { PaletteItem } from './palette-actions';

export type PaletteItems = {
  items: ComputedRef<PaletteItem[]>;
  /** Whether the items answer the text as it stands, not what was typed a moment ago. */
  answered: ComputedRef<boolean>;
  /** Everything on this device was looked through; not yet while the index is made. */
  complete: Readonly<Ref<boolean>>;
  server: PaletteServer;
};

/** What the palette offers for a text: documents and DocTypes of the cache, and actions. */
export function usePaletteItems(text: Ref<string>): PaletteItems {
  const { t } = useI18n();
  const session = useSession();
  const formats = useFormats();
  const { cache } = useWorkspace();
  const preferences = usePreferences();
  const profile = useProfile();
  const { found, answered, complete } = useSearch(text, 20);
  const lately = useLive(() => lastOpened(cache, 8), { initial: [] });
  const known = useLive(() => listDocTypes(cache), { initial: [] });
  /** Those that the person may make; one whose form was never fetched may be. */
  const creatable = useLive(
    async () => {
      const own = profile.entries.map((entry) => entry.doctype);
      const person = session.account;
      const bundles = await readDocTypes(cache, own);
      return own.filter((_, at) => {
        const meta = bundles[at]?.doctype;
        return meta === undefined || (person !== null && mayCreate(meta, person));
      });
    },
    { initial: [] },
  );

  const server = usePaletteServer(text);
  const link = usePaletteLink(text, known);

  const documents = computed(() =>
    text.value.trim() === ''
      ? lately.value.map((one) => documentItem(one, 'lately', formats.details(one.details)))
      : found.value.map((one) => documentItem(one, 'documents', formats.details(one.details))),
  );

  const doctypes = computed(() => {
    const own = profile.entries.map((entry) => entry.doctype);
    const all = text.value.trim() === '' ? own : [...new Set([...own, ...known.value])];
    return all.map((doctype): PaletteItem => ({
      id: `doctype:${doctype}`,
      group: 'doctypes',
      icon: doctypeIcon(doctype),
      title: doctype,
      detail: '',
      run: { to: { name: 'list', params: { doctype } } },
    }));
  });

  const actions = computed((): PaletteItem[] => {
    const offline = preferences.settings.workOffline;
    return [
      ...creatable.value.map((doctype): PaletteItem => ({
        id: `new:${doctype}`,
        group: 'actions',
        icon: Plus,
        title: t('shell.palette.newDocument', { doctype }),
        detail: '',
        run: { to: { name: 'new', params: { doctype } } },
      })),
      { id: 'sync-now', group: 'actions', icon: RefreshCw, title: t('shell.palette.syncNow'), detail: '', run: { command: 'sync-now' } },
      offline
        ? { id: 'online', group: 'actions', icon: Play, title: t('shell.palette.workOnline'), detail: '', run: { command: 'work-online' } }
        : {
            id: 'offline',
            group: 'actions',
            icon: CirclePause,
            title: t('shell.palette.workOffline'),
            detail: '',
            run: { command: 'work-offline' },
          },
      ...places.map((place): PaletteItem => ({
        id: `place:${place.name}`,
        group: 'actions',
        icon: place.icon,
        title: t(place.label),
        detail: '',
        run: { to: { name: place.name } },
      })),
    ];
  });

  const items = computed(() => {
    const asked = text.value.trim();
    // A pasted address names one thing: nothing else is meant by it.
    if (link.value !== null) return [link.value];
    if (asked === '') return [...documents.value, ...doctypes.value, ...actions.value.filter((item) => !item.id.startsWith('new:'))];
    const fitting = (item: PaletteItem): boolean => matchesWords(item.title, asked);
    return [
      ...doctypes.value.filter(fitting).slice(0, 6),
      ...documents.value,
      ...server.items.value,
      ...actions.value.filter(fitting).slice(0, 8),
    ];
  });
  return { items, answered: computed(() => link.value !== null || answered.value), complete, server };
}
