import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { Attachment } from '@shared/sync/outbox-entry';
import { paceOf, withSent } from '@shared/sync/upload-pace';
import type { Sent } from '@shared/sync/upload-pace';
import { useSession } from './session';

/** How far the files of this device got on their way to the server, as the main process tells it. */
export const useUploads = defineStore('uploads', () => {
  const session = useSession();
  const told = shallowReactive(new Map<string, { sent: readonly Sent[]; total: number }>());
  const keyOf = (account: string, docname: string, file: string): string => [account, docname, file].join('\n');

  session.connection?.on('uploadProgress', ({ account, docname, file, sent, total }) => {
    const key = keyOf(account, docname, file);
    told.set(key, { sent: withSent(told.get(key)?.sent ?? [], { at: Date.now(), bytes: sent }), total });
  });

  const of = ({ name, file }: Attachment) => told.get(keyOf(session.workspace?.accountId ?? '', name, file));

  /** From 0 to 1. */
  function partOf(attachment: Attachment): number {
    const upload = of(attachment);
    return upload === undefined ? 0 : (upload.sent.at(-1)?.bytes ?? 0) / Math.max(1, upload.total);
  }

  /** Bytes a second, and ms that are left; null while that cannot be told. `now` in ms. */
  function pace(attachment: Attachment, now: number): ReturnType<typeof paceOf> {
    const upload = of(attachment);
    return upload === undefined ? null : paceOf(upload.sent, upload.total, now);
  }

  return { partOf, pace };
});
