import type { Doc } from '@shared/erp/document';
import type { Outcome } from './outcome';

/** What a look for a create that may be on the server came to. */
export type Looked =
  | { kind: 'outcome'; outcome: Outcome }
  /** It may be one of these: a person knows. */
  | { kind: 'unsure'; alike: Doc[]; date: string | null }
  | { kind: 'none'; date: string | null };

export const settled = (outcome: Outcome): Looked => ({ kind: 'outcome', outcome });
