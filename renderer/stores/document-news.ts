import { computed, shallowRef, toValue, watch } from 'vue';
import { changedElsewhere } from '@shared/form/changed-elsewhere';
import type { ChangedElsewhere } from '@shared/form/changed-elsewhere';
import type { Doc } from '@shared/erp/document';
import type { Clash } from '@shared/sync/outbox-entry';
import type { DocumentForm } from './document-form';
import { usePeople } from './people';
import { useSession } from './session';

/** What others changed in a document while its form is open, until the person has seen it. */
export function useDocumentNews(form: DocumentForm) {
  const session = useSession();
  const people = usePeople();
  const news = shallowRef<ChangedElsewhere | null>(null);
  /** The last version that the person has had before them. */
  let seen: Doc | null = null;
  let seenOf = '';

  watch(
    [form.source.stored.value, form.bundle],
    ([stored, bundle]) => {
      if (stored === undefined || bundle === undefined) return;
      const { doctype } = toValue(form.key);
      const { doc } = stored;
      const key = `${doctype}\n${doc.name}`;
      if (seen === null || key !== seenOf) {
        [seen, seenOf] = [doc, key];
        news.value = null;
        return;
      }
      const told = changedElsewhere(seen, doc, { user: session.account?.user ?? '', bundle, rights: form.rights.value });
      if (told === null) {
        // Their own save, made over what was told: nothing is left of that.
        if ((doc.modified ?? '') > (news.value?.at ?? seen.modified ?? '')) news.value = null;
        if (news.value === null) seen = doc;
        return;
      }
      news.value = told;
      void people.learn([told.by]);
    },
    { immediate: true },
  );

  function dismiss(): void {
    seen = news.value?.now ?? seen;
    news.value = null;
  }

  /** Cells in which the form shows something else than the server has now: what the person typed stands there. */
  const typedOver = computed((): ReadonlySet<Clash> => {
    const told = news.value;
    const both = new Set(form.typing.changedBelow.value?.both);
    return new Set(told?.changes.filter(({ path }) => !('table' in path) && both.has(path.fieldname)));
  });

  /** The server's value instead of the typed one. */
  function takeTheirs({ path }: Clash): void {
    if (!('table' in path)) form.typing.takeServers(path.fieldname);
  }

  return { news, typedOver, dismiss, takeTheirs };
}

export type DocumentNews = ReturnType<typeof useDocumentNews>;
