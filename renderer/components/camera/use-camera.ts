import { onScopeDispose, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';

/** The picture of the camera, of the one on the back where there are two. It is let go with the component. */
export function useCamera() {
  const { t } = useI18n();
  const stream = shallowRef<MediaStream | null>(null);
  const failure = shallowRef<AppError | null>(null);
  let ended = false;

  async function start(): Promise<void> {
    failure.value = null;
    const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1920 } };
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      // Closed while its person was asked.
      if (ended) stopped(opened);
      else stream.value = opened;
    } catch (thrown) {
      failure.value = new AppError('unsupported', t(`filesIn.camera.${whyNot(thrown)}`), {}, { cause: thrown });
    }
  }

  onScopeDispose(() => {
    ended = true;
    if (stream.value !== null) stopped(stream.value);
  });

  return { stream, failure, start };
}

const stopped = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

function whyNot(thrown: unknown): 'denied' | 'none' | 'busy' {
  if (!(thrown instanceof DOMException)) return 'busy';
  if (thrown.name === 'NotAllowedError') return 'denied';
  return thrown.name === 'NotFoundError' ? 'none' : 'busy';
}
