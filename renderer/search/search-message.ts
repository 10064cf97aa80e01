import type { ErrorData } from '@shared/errors';
import type { Scanned, ScannedWarehouse } from '@shared/form/scan';
import type { Group, ListResult } from '../cache/list';
import type { Connection } from './connections';
import type { Insight, InsightAsked } from './insight';
import type { Neighbours } from '../cache/neighbours';
import type { AlikeAnswer, AlikeQuestion, Answer, GroupsAsked, LinkQuestion, ListAsked, NeighboursAsked } from './look-up';

/** What a window asks of the worker that searches. */
export type SearchFunctions = {
  search: (question: { text: string; limit: number }) => Promise<Answer>;
  links: (question: LinkQuestion) => Promise<Answer>;
  connections: (document: { doctype: string; name: string }) => Promise<Connection[]>;
  neighbours: (asked: NeighboursAsked) => Promise<Neighbours>;
  groups: (asked: GroupsAsked) => Promise<Group[]>;
  list: (asked: ListAsked) => Promise<ListResult>;
  alike: (question: AlikeQuestion) => Promise<AlikeAnswer>;
  insight: (asked: InsightAsked) => Promise<Insight | null>;
  /** What a scanned code stands for; null where this device does not know it. */
  scan: (code: string) => Promise<Scanned | ScannedWarehouse | null>;
};

/** What the worker tells the window. */
export type SearchEvents = {
  /** The same question may have another answer now. */
  changed: () => void;
  failed: (problem: ErrorData) => void;
};
