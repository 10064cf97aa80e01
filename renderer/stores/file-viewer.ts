import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { isSiteFile } from '@shared/files/site-file';
import { useKeptFiles } from './document-kept-files';
import { useSync } from './sync';

/** Where a file's bytes are: kept by this device under an id, or at a path of the site. */
export type FileSource = { fileName: string; stored: Pick<StoredFile, 'id' | 'size' | 'type'> } | { fileName: string; url: string };

export type Viewed = { fileName: string } & (
  { at: 'opening' } | { at: 'open'; stored: Pick<StoredFile, 'id' | 'size' | 'type'>; blob: Blob } | { at: 'failed'; error: AppError }
);

/** The one file that is looked at. What is fetched for that is kept. */
export const useFileViewer = defineStore('file-viewer', () => {
  const { t } = useI18n();
  const files = useKeptFiles();
  const sync = useSync();
  const viewed = shallowRef<Viewed | null>(null);

  async function open(source: FileSource): Promise<void> {
    const { fileName } = source;
    const opening: Viewed = { at: 'opening', fileName };
    viewed.value = opening;
    let next: Viewed;
    try {
      next = { at: 'open', fileName, ...(await bytesOf(source)) };
    } catch (thrown) {
      next = { at: 'failed', fileName, error: AppError.from(thrown) };
    }
    // Closed, or another one opened meanwhile: that counts.
    if (viewed.value === opening) viewed.value = next;
  }

  async function bytesOf(source: FileSource): Promise<{ stored: Pick<StoredFile, 'id' | 'size' | 'type'>; blob: Blob }> {
    if ('stored' in source) return { stored: source.stored, blob: await files.read(source.stored) };
    const { url, fileName } = source;
    if (!isSiteFile(url)) throw new AppError('unsupported', t('document.attachments.elsewhere', { url }));
    try {
      return await files.obtain(url);
    } catch (thrown) {
      const error = AppError.from(thrown);
      throw sync.online ? error : new AppError('offline', t('document.attachments.notHere', { name: fileName }));
    }
  }

  function close(): void {
    viewed.value = null;
  }

  return { viewed, open, close, openWithSystem: files.open };
});
