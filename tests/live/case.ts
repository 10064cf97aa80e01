import { it, type TestContext } from 'vitest';
import { credentials, withoutCredentials } from './credentials';
import { openLive, type Live } from './live';

declare module 'vitest' {
  // Vitest's own type is an interface that is meant to be added to.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  interface TaskMeta {
    /** Why the case was left out, for the report. */
    reason?: string;
  }
}

/** Something that the server or the user must have for a case: null where they have it, otherwise why the case is left out. */
export type Need = (live: Live) => Promise<string | null>;

function leaveOut(context: TestContext, reason: string): never {
  context.task.meta.reason = reason;
  context.skip(reason);
}

/** A case against the server; left out, with the reason, where something that it needs is missing. */
export function live(name: string, needs: Need[], run: (live: Live, leaveOut: (reason: string) => never) => Promise<void>): void {
  it(name, async (context) => {
    const given = credentials();
    if (given === null) return leaveOut(context, withoutCredentials);
    const server = await openLive(given);
    for (const need of needs) {
      const reason = await need(server);
      if (reason !== null) leaveOut(context, reason);
    }
    await run(server, (reason) => leaveOut(context, reason));
  });
}
