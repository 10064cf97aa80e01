import { lookedForBy, problemWords } from '@shared/sync/decision-words';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { Verdict } from '@shared/sync/triage';
import type { Outcome } from './outcome';

/** What follows from an error, for the log; what a person is asked is told with the fields that it concerns. */
export const verdictWords: Partial<Record<Verdict, string>> = {
  done: 'done, since it is not there any more',
  uncertain: 'uncertain',
  again: 'put off',
  merge: 'put off, to be merged',
  find: 'its document, or what it names, is not there and is looked for',
};

/** What an attempt or a look came to, for the log. Null where that was told already, or is told by each look again. */
export function outcomeWords(entry: OutboxEntry, outcome: Outcome): string | null {
  const { state } = entry;
  const looked = state.at === 'uncertain' || (outcome.kind === 'done' && outcome.lookedUp === true);
  const came = (words: string): string => (looked ? `looked for by ${lookedForBy(entry)}: ${words}` : words);
  switch (outcome.kind) {
    case 'done':
      return came('done');
    case 'gone':
      return came('deleted there');
    case 'send':
      return looked ? came('not done, sent again') : null;
    case 'not-yet':
      return state.at === 'uncertain' && state.lookedAt === undefined && outcome.date !== null
        ? came('not there, which does not count yet')
        : null;
    case 'park':
      return came(`parked: ${problemWords(outcome.problem)}`);
    case 'settled':
    case 'failed':
      return null;
  }
}
