import { z } from 'zod';

/** A window hands the key of the account's database to the workers that it starts. */
const message = z.object({ type: z.literal('fieldbook-cache-key'), key: z.custom<Uint8Array>((key) => key instanceof Uint8Array) });

export function handKey(worker: Worker, key: Uint8Array): void {
  worker.postMessage({ type: 'fieldbook-cache-key', key } satisfies z.input<typeof message>);
}

type Scope = {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
};

/** The key, once the window handed it over. Call it while the worker's module loads. */
export function receiveKey(scope: Scope): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const receive = ({ data }: MessageEvent<unknown>): void => {
      const parsed = message.safeParse(data);
      if (!parsed.success) return;
      scope.removeEventListener('message', receive);
      resolve(parsed.data.key);
    };
    scope.addEventListener('message', receive);
  });
}
