import { useI18n } from 'vue-i18n';
import { useFormats } from '../../stores/formats';
import { useAgo } from '../../stores/use-ago';
import type { DeviceNotice } from './device-notices';

/** A notice about this device in words: what happened, what it means, what to do. */
export function useDeviceWords() {
  const { t } = useI18n();
  const { span } = useAgo();
  const formats = useFormats();

  return (notice: DeviceNotice): string => {
    switch (notice.kind) {
      case 'clock':
        return t(notice.off > 0 ? 'errors.clockAhead' : 'errors.clockBehind', { span: span(Math.abs(notice.off)) });
      case 'disk-low':
        return t('errors.diskLow', { free: formats.bytes(notice.free) });
      case 'copy-failing':
        if (notice.code === 'storage-full') return t('errors.copyFull');
        // The disk's own words are of something that was not kept.
        return t('errors.copyFailing', { message: notice.code === 'storage' ? '' : notice.message }).trim();
      case 'copy-unreadable':
        return t('errors.copyUnreadable', { n: notice.count }, notice.count);
      case 'copy-damaged':
        return t('errors.copyDamaged');
    }
  };
}
