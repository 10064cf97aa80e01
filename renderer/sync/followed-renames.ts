import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { hourMs } from '@shared/sync/due';
import { rewriteLinks } from '@shared/sync/rewrite-links';
import type { ServerRename } from '@shared/sync/rewrite-links';

/**
 * Renames that this engine has followed, for answers that were asked for before that and come after it: their Links are
 * rewritten as well. No answer takes an hour.
 */
export class FollowedRenames {
  #followed: { rename: ServerRename; at: number }[] = [];

  /** `at`: when it was followed (ms). */
  note(rename: ServerRename, at: number): void {
    this.#followed = [...this.#followed.filter((each) => each.at > at - hourMs), { rename, at }];
  }

  /** The document as the server has it by what is known here. `askedAt`: when it was asked for (ms). */
  applyTo(doc: Doc, bundle: DocTypeBundle | undefined, askedAt: number): Doc {
    if (bundle === undefined) return doc;
    return this.#followed
      .filter(({ at }) => at >= askedAt)
      .reduce((followed, { rename }) => rewriteLinks(followed, rename, bundle) ?? followed, doc);
  }
}
