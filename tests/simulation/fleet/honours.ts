import type { Fetch } from '../../../electron/demo/rest/serve';
import type { VirtualTime } from '../../support/virtual-time';

/** Watches one device: what it asks before a pause is over that it was asked for. What was under way by then does not count. */
export function watchRetryAfter(fetch: Fetch, time: VirtualTime, violate: (text: string) => void): Fetch {
  let pause = { from: 0, until: 0 };
  return async (request) => {
    const now = time.now();
    // In the moment of the answer itself the device cannot know of it yet.
    if (now > pause.from && now < pause.until)
      violate(`asked ${new URL(request.url).pathname} ${pause.until - now} ms before Retry-After was over`);
    const answer = await fetch(request);
    const asked = Number(answer.headers.get('retry-after') ?? 0);
    const answered = time.now();
    if (answer.status === 429 && answered + asked * 1000 > pause.until) pause = { from: answered, until: answered + asked * 1000 };
    return answer;
  };
}
