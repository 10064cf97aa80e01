import { Cloud } from '@lucide/vue';
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import { useFormats } from '../../stores/formats';
import { useProfile } from '../../stores/profile';
import { useServerLook } from '../../stores/server-look';
import type { Remote } from '../../stores/server-look';
import { useServerReach } from '../../stores/server-reach';
import { documentItem } from './palette-actions';
import type { PaletteItem } from './palette-actions';

/** How many documents of each DocType are brought. */
const eachDocType = 5;

export type PaletteServer = {
  items: ComputedRef<PaletteItem[]>;
  /** What is to be said of the look: under way, nothing there, or the server's words. */
  said: ComputedRef<string>;
  look: () => Promise<void>;
};

/** The palette beyond this device: the DocTypes of the profile are asked for the text, once the person wants it. */
export function usePaletteServer(text: Ref<string>): PaletteServer {
  const { t } = useI18n();
  const profile = useProfile();
  const formats = useFormats();
  const server = useServerLook();
  const notReached = useServerReach();
  const found = ref<Remote[] | null>(null);
  const looking = ref(false);
  const failure = ref('');
  let round = 0;

  watch(text, () => {
    round += 1;
    found.value = null;
    looking.value = false;
    failure.value = '';
  });

  async function look(): Promise<void> {
    const own = (round += 1);
    const asked = text.value.trim();
    looking.value = true;
    failure.value = '';
    const answers = await Promise.allSettled(
      profile.entries.map(({ doctype }) => server.find(doctype, { filters: [], search: asked }, eachDocType)),
    );
    if (own !== round) return;
    looking.value = false;
    found.value = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.found : []));
    // A DocType that this person may not list is no news; a server that cannot be asked is.
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [AppError.from(answer.reason)] : []));
    failure.value =
      refused.find(({ code }) => code !== 'forbidden')?.message ?? (refused.length === answers.length ? (refused[0]?.message ?? '') : '');
  }

  const items = computed((): PaletteItem[] => {
    const asked = text.value.trim();
    if (asked === '' || notReached.value !== null) return [];
    if (found.value === null)
      return looking.value
        ? []
        : [
            {
              id: 'look-on-server',
              group: 'server',
              icon: Cloud,
              title: t('shell.palette.lookOnServer', { text: asked }),
              detail: '',
              run: { command: 'look-on-server' },
            },
          ];
    return found.value.map((one) => documentItem(one, 'server', formats.details(one.details)));
  });

  const said = computed(() => {
    if (looking.value) return t('shell.palette.looking');
    if (failure.value !== '') return failure.value;
    return found.value?.length === 0 ? t('shell.palette.noneOnServer', { text: text.value.trim() }) : '';
  });

  return { items, said, look };
}
