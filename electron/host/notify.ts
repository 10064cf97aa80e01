import { Notification } from 'electron';
import type { Notice } from '@shared/system/notices';
import type { NativeWords } from '@shared/system/native-words';

/** Shows notifications of the system, one of a kind: a newer one takes the older one's place. */
export function createNotifier(words: NativeWords, onClick: (notice: Notice) => void): (notice: Notice) => void {
  const shown = new Map<Notice['kind'], Notification>();
  return (notice) => {
    if (!Notification.isSupported()) return;
    shown.get(notice.kind)?.close();
    const notification = new Notification({ ...wordsOf(notice, words), silent: true });
    // Kept, since the click of one that was collected is lost.
    shown.set(notice.kind, notification);
    notification.on('click', () => onClick(notice));
    notification.on('close', () => {
      if (shown.get(notice.kind) === notification) shown.delete(notice.kind);
    });
    notification.show();
  };
}

function wordsOf(notice: Notice, { notices }: NativeWords): { title: string; body: string } {
  switch (notice.kind) {
    case 'needs-you':
      return notices.needsYou(notice.count);
    case 'sign-in':
      return notices.signIn(notice.unsent);
    case 'downloaded':
      return notices.downloaded();
  }
}
