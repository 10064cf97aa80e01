import '../zod-jitless';
import { createBirpc } from 'birpc';
import { AppError } from '@shared/errors';
import { openCache } from '../cache/open-cache';
import { receiveKey } from '../cache/worker-key';
import { LookUp } from './look-up';
import type { SearchEvents, SearchFunctions } from './search-message';
import { systemTimers } from '../timers';

/** The worker that searches what one account has on this device; the account's id is its name, its key the first message. */
void receiveKey(self).then((key) => {
  const lookUp = new LookUp(
    {
      cache: openCache(self.name, key),
      timers: systemTimers,
      report: (error) => void tell.failed(AppError.from(error).toData()),
    },
    () => void tell.changed(),
  );

  const tell = createBirpc<SearchEvents, SearchFunctions>(
    {
      search: (question) => lookUp.search(question),
      links: (question) => lookUp.links(question),
      connections: (document) => lookUp.connections(document),
      neighbours: (asked) => lookUp.neighbours(asked),
      groups: (asked) => lookUp.groups(asked),
      list: (asked) => lookUp.list(asked),
      alike: (question) => lookUp.alike(question),
      insight: (asked) => lookUp.insight(asked),
      scan: (code) => lookUp.scan(code),
    },
    {
      post: (message: unknown) => self.postMessage(message),
      on: (listener) => self.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)),
      eventNames: ['changed', 'failed'],
      timeout: -1,
    },
  );

  void lookUp.start();
});
