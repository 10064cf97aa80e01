import { AppError } from '@shared/errors';
import type { Log } from '../log';
import type { Updater } from '../system/app-updates';

/** A signature is 88 letters; more than this is something else. */
const longestSignature = 1000;

/** electron-updater on a plain web folder. It is loaded only where there is a feed. */
export async function openUpdater(feed: string, log: Log): Promise<Updater> {
  const { autoUpdater } = await import('electron-updater');
  const say = (level: 'info' | 'warn') => (message: unknown) => log[level]('updates', String(message));
  autoUpdater.logger = { info: say('info'), warn: say('warn'), error: say('warn') };
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.setFeedURL({ provider: 'generic', url: feed });
  return {
    async check() {
      const found = await autoUpdater.checkForUpdates();
      if (found === null) throw new AppError('unsupported', 'This kind of package does not update itself.');
      if (!found.isUpdateAvailable) return null;
      const { version, files, releaseNotes } = found.updateInfo;
      return { version, files: files.map(({ url, sha512 }) => ({ url, sha512 })), notes: notesOf(releaseNotes) };
    },
    async fetch(onPercent) {
      const tell = ({ percent }: { percent: number }) => onPercent(percent);
      autoUpdater.on('download-progress', tell);
      try {
        await autoUpdater.downloadUpdate();
      } finally {
        autoUpdater.off('download-progress', tell);
      }
    },
    install: () => autoUpdater.quitAndInstall(false, true),
    installAtEnd: (yes) => void (autoUpdater.autoInstallOnAppQuit = yes),
  };
}

/** The signature beside the feed's own file; empty where there is none. */
export async function signatureOf(fetch: typeof globalThis.fetch, feed: string): Promise<string> {
  const answer = await fetch(`${feed}/${channelFile(process.platform, process.arch)}.sig`, { redirect: 'error' });
  const text = answer.ok ? await answer.text() : '';
  return text.length > longestSignature ? '' : text;
}

/** As electron-updater names it. */
const channelFile = (platform: NodeJS.Platform, arch: string): string => {
  if (platform === 'win32') return 'latest.yml';
  return platform === 'darwin' ? 'latest-mac.yml' : `latest-linux${arch === 'x64' ? '' : `-${arch}`}.yml`;
};

/** Plain text: what a feed says is shown, never drawn as a page. */
function notesOf(notes: string | { note: string | null }[] | null | undefined): string {
  const text = Array.isArray(notes) ? notes.map(({ note }) => note ?? '').join('\n') : (notes ?? '');
  return text.replace(/<[^>]*>/g, '').slice(0, 4000);
}
