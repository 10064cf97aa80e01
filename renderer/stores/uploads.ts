import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { Attachment } from '@shared/sync/outbox-entry';
import { useSession } from './session';

/** How far the files of this device got on their way to the server, as the main process tells it. */
export const useUploads = defineStore('uploads', () => {
  const session = useSession();
  const parts = shallowReactive(new Map<string, number>());
  const keyOf = (account: string, docname: string, file: string): string => [account, docname, file].join('\n');

  session.connection?.on('uploadProgress', ({ account, docname, file, sent, total }) => {
    parts.set(keyOf(account, docname, file), sent / Math.max(1, total));
  });

  /** From 0 to 1. */
  const partOf = ({ name, file }: Attachment): number => parts.get(keyOf(session.workspace?.accountId ?? '', name, file)) ?? 0;

  return { partOf };
});
