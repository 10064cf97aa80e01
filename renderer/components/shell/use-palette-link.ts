import { Link } from '@lucide/vue';
import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { parseLink } from '@shared/system/document-link';
import { linkTarget, linkedDocType } from '@shared/system/link-target';
import { useProfile } from '../../stores/profile';
import { useSession } from '../../stores/session';
import { doctypeIcon } from '../doctype-icon';
import type { PaletteItem } from './palette-actions';

/** The address of a document or list that was pasted into the palette: what it opens, or that nobody is signed in there. */
export function usePaletteLink(text: Ref<string>, known: Ref<readonly string[]>): ComputedRef<PaletteItem | null> {
  const { t } = useI18n();
  const session = useSession();
  const profile = useProfile();

  return computed(() => {
    const link = parseLink(text.value);
    if (link === null) return null;
    const { accounts, active } = session.accounts;
    const target = linkTarget(link, accounts, active);
    const item = { id: 'link', group: 'documents' as const, run: { link } };
    if ('missing' in target) return { ...item, icon: Link, title: t('system.link.notHere', { host: target.host }), detail: '' };
    const doctype = linkedDocType(link.doctype, [...profile.entries.map((entry) => entry.doctype), ...known.value]);
    const host = new URL(link.site).host;
    if (link.show.at === 'new')
      return { ...item, icon: doctypeIcon(doctype), title: t('shell.palette.newDocument', { doctype }), detail: host };
    const title = link.show.at === 'document' ? link.show.name : doctype;
    return { ...item, icon: doctypeIcon(doctype), title, detail: link.show.at === 'document' ? `${doctype} · ${host}` : host };
  });
}
