import type { UploadedFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import type { Accounts } from '../accounts/accounts';
import type { Upload, Uploaded } from '../erp/upload';
import type { Events } from '../events';
import type { FileStore } from './file-store';
import { RunningUploads, type RunningUpload } from './running-uploads';

/** A kept file, and the document that it goes to. */
export type KeptUpload = RunningUpload & Omit<Upload, 'type' | 'size' | 'bytes' | 'onProgress'>;

type KeptUploadsOptions = { files: FileStore; accounts: Accounts; events: Events };

/** Sends kept files to the site of their account, tells how far they are, and stops them where somebody asks. */
export class KeptUploads {
  readonly #options: KeptUploadsOptions;
  readonly #running = new RunningUploads();

  constructor(options: KeptUploadsOptions) {
    this.#options = options;
  }

  /** Rejects with `not-found` where the file is not kept here, and as the client does. */
  send({ account, file, ...to }: KeptUpload, signal: AbortSignal): Promise<UploadedFile> {
    const { files, accounts, events } = this.#options;
    const { docname } = to;
    return files.use(account, file, (reader) =>
      this.#running.run({ account, file, docname }, signal, async (either) => {
        const upload = {
          ...to,
          type: await reader.contentType(to.fileName),
          size: reader.size,
          bytes: reader.chunks(),
          onProgress: inSteps((sent, total) => events.emit('uploadProgress', { account, file, docname, sent, total })),
        };
        const send = () => accounts.client(account).upload(upload, { priority: 'bulk', signal: either });
        return this.#learningLargest(account, reader.size, send);
      }),
    );
  }

  stop(upload: RunningUpload): void {
    this.#running.stop(upload);
  }

  /** Whether the site took it for too large is remembered for the next ones. */
  async #learningLargest(account: string, size: number, send: () => Promise<Uploaded>): Promise<UploadedFile> {
    const { accounts } = this.#options;
    try {
      const { file } = await send();
      await accounts.learnLargest(account, size, 'taken');
      return file;
    } catch (thrown) {
      if (AppError.from(thrown).details.status === 413) await accounts.learnLargest(account, size, 'too-large');
      throw thrown;
    }
  }
}

/** Progress at most each 256 KiB, and at the end. */
function inSteps(tell: (sent: number, total: number) => void): (sent: number, total: number) => void {
  let told = 0;
  return (sent, total) => {
    if (sent < total && sent - told < 256 * 1024) return;
    told = sent;
    tell(sent, total);
  };
}
