import type { Doc, FieldValue } from '@shared/erp/document';
import type { DocumentKey, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Device } from '../support/device';

export type Intent = {
  device: Device;
  /** The outbox entry that took it, once it was saved; several intents may share one. */
  entry: string | null;
  /** A text that is nowhere else. */
  token: string;
  kind: 'create' | 'field' | 'row' | 'comment' | 'file';
  doctype: string;
  /** The document's name then. */
  name: string;
  fieldname?: string;
  /** What the person saw in the field before. */
  seen?: FieldValue | object;
};

/** What a person had before them when they asked for something that cannot be taken back. */
export type Look = {
  device: Device;
  kind: 'submit' | 'cancel' | 'delete';
  doctype: string;
  name: string;
  /** The document as the server had told it; null where unsent edits make it hard to say what was seen. */
  doc: Doc | null;
  /** What has to arrive before it. */
  pending: { token: string; entry: string }[];
};

/** Somebody asked for a file to be removed. `entry`: the removal in the outbox, once it was saved; `seen`: the File as they saw it. */
export type Removal = {
  device: Device;
  token: string;
  entry: string | null;
  seen: { file: string; fileName: string; on: DocumentKey | null };
};

/** The token in a value, whatever the server made of the rest of it; the value itself where there is none. */
export const tokenIn = (value: unknown): unknown =>
  typeof value === 'string' ? (/[a-z]+-t\d+x/.exec(value)?.[0] ?? value) : (value ?? '');

/** Every token in what is anything that JSON can say. */
export const tokensIn = (value: unknown): string[] => (JSON.stringify(value) ?? '').match(/[a-z]+-t\d+x/g) ?? [];

/** Knows everything that people saved, apart from the app: what the invariants are checked against. */
export class Witness {
  readonly intents: Intent[] = [];
  /** Entries taken back, or overtaken by a delete of their document. */
  readonly givenUp = new Set<string>();
  /** Every token that the server ever took in a successful request. */
  readonly arrived = new Set<string>();
  /** The documents that creates with the token made, by the names that they were given. */
  readonly #made = new Map<string, string[]>();
  readonly #anew = new Map<string, Set<Device>>();
  /** Names that the office changed. */
  readonly renames = new Map<string, string>();
  /** Values of others that somebody at a device saw beside their own, and decided against. */
  readonly decided = new Map<Device, Set<unknown>>();
  /** Submitted documents that somebody saw so in a conflict, and decided to change. */
  readonly changedKnowingly = new Set<string>();
  /** Tokens that their person gave up for what others had written there. */
  readonly waived = new Set<string>();
  /** The states that workflow actions lead to, by outbox entry. */
  readonly steps = new Map<string, string>();
  /** Documents that a device made again under another name, after they were deleted there. */
  readonly #remade = new Map<Device, Map<string, string>>();
  readonly looks: Look[] = [];
  readonly removals: Removal[] = [];
  /** When the office gave a File another name or place (ms). */
  readonly filesChanged = new Map<string, number>();
  /** Entries that their person took back, and was told so. */
  readonly undone = new Set<string>();
  /** Devices that lost their receipts with their database. */
  readonly bereft = new Set<Device>();
  readonly #gone = new Map<string, number[]>();
  /** When a row was written silently (ms). */
  readonly silently = new Map<string, number>();
  /** For a while somebody could not see everything. */
  hidden = false;
  /** Tokens of creates whose document was out of its maker's sight for a while. */
  readonly #outOfSight = new Set<string>();
  readonly violations: string[] = [];
  /** Names that the server gave, by the temporary ones, which are unique. */
  readonly #named = new Map<string, string>();
  #tokens = 0;

  token(kind: string): string {
    this.#tokens += 1;
    return `${kind}-t${this.#tokens}x`;
  }

  /** What the server has named by now is remembered, since a device may forget it. */
  async learnNames(device: Device): Promise<void> {
    for (const { temporary, name } of await device.cache.aliases.toArray()) if (name !== null) this.#named.set(temporary, name);
  }

  /** The name by now of a document that was made at a device under a temporary one, also where the device knows it no more. */
  async nameAt(device: Device, name: string): Promise<string> {
    const again = this.#remade.get(device)?.get(name);
    if (again !== undefined) return this.nameAt(device, again);
    return this.nameNow((await device.cache.aliases.get(name))?.name ?? this.#named.get(name) ?? name);
  }

  /** The name by now of what was made under a temporary one, as far as any device was seen to know it. */
  known(name: string): string {
    return this.nameNow(this.#named.get(name) ?? name);
  }

  /** The name that the office has given it by now. */
  nameNow(name: string): string {
    const next = this.renames.get(name);
    return next === undefined ? name : this.nameNow(next);
  }

  /** Somebody has another version before them, after they asked for what cannot be taken back. */
  looksAgain(device: Device, name: string, doc: Doc): void {
    const before = this.looks.filter((look) => look.device === device && look.name === name);
    this.looks.push(...before.map((look) => ({ ...look, doc })));
  }

  remakes(device: Device, name: string, again: string): void {
    this.#remade.set(device, (this.#remade.get(device) ?? new Map<string, string>()).set(name, again));
  }

  /** Somebody at the device saw what others had written there, and wants their own in its place. */
  decides(device: Device, against: unknown): void {
    this.decided.set(device, (this.decided.get(device) ?? new Set()).add(tokenIn(against)));
  }

  /** Its browser's database is gone or older: what its person had looked at is not known there any more. */
  bereaves(device: Device): void {
    this.bereft.add(device);
    for (const look of this.looks) if (look.device === device) look.doc = null;
  }

  /** Told before the save, which may crash: it is promised only once `entry` is set. */
  intends(device: Device, what: Omit<Intent, 'device' | 'entry'>): Intent {
    const intent: Intent = { device, entry: null, ...what };
    this.intents.push(intent);
    return intent;
  }

  /**
   * Also what was saved in an entry of its own and is part of one of these by now, since the one before had to be sent
   * again. Answers the ids that were not given up before.
   */
  gaveUp(entries: OutboxEntry[]): string[] {
    const ids = entries.flatMap(({ id, operation }) => {
      const words = JSON.stringify(operation);
      return [id, ...this.intents.flatMap(({ entry, token }) => (entry !== null && words.includes(token) ? [entry] : []))];
    });
    const added = ids.filter((id) => !this.givenUp.has(id));
    added.forEach((id) => this.givenUp.add(id));
    return added;
  }

  /** A create with the token was taken, and made this document. */
  made(token: string, name: string): void {
    this.#made.set(token, [...(this.#made.get(token) ?? []), name]);
  }

  /** What somebody deleted there may be made again: the device that made it cannot know that it ever arrived. */
  removed({ name }: Doc): void {
    for (const [token, names] of this.#made)
      this.#made.set(
        token,
        names.filter((each) => this.nameNow(each) !== name),
      );
  }

  /** These documents cannot be seen by who made them: a create among them that is looked for now is not found. */
  hides(docs: readonly Doc[]): void {
    const names = new Set(docs.map(({ name }) => name));
    for (const [token, made] of this.#made) if (made.some((each) => names.has(this.nameNow(each)))) this.#outOfSight.add(token);
  }

  /** The document went, by deletion or under another name. */
  goes({ doctype, name }: Doc, at: number): void {
    this.#gone.set(`${doctype}\n${name}`, [...this.wentAt(doctype, name), at]);
  }

  /** When documents of this name went (ms), the last one last. */
  wentAt(doctype: string, name: string): readonly number[] {
    return this.#gone.get(`${doctype}\n${name}`) ?? [];
  }

  /** The names by now of what creates with one of these tokens made. */
  madeBy(values: unknown): string[] {
    return tokensIn(values).flatMap((token) => (this.#made.get(token) ?? []).map((name) => this.nameNow(name)));
  }

  /** Somebody at the device is about to make a deleted document anew, with these words in it. */
  wantsAnew(device: Device, words: unknown): void {
    for (const token of tokensIn(words)) this.#anew.set(token, (this.#anew.get(token) ?? new Set()).add(device));
  }

  /**
   * How many documents may have a token: of two devices that had it, each may make it anew without knowing of the other; what
   * is out of sight under another name is deleted, for all that its person can see; and what was out of sight as it was looked
   * for is made once more (docs/sync.md, Limits).
   */
  allowed(token: string): number {
    const anew = this.#anew.get(token)?.size ?? 0;
    const once = this.#outOfSight.has(token) ? 2 : 1;
    return Math.max(once, this.hidden && anew > 0 ? anew + 1 : anew);
  }

  /** Every token whose create made more documents than one, with how many. */
  doubled(): [token: string, times: number][] {
    return [...this.#made].flatMap(([token, { length }]) => (length > this.allowed(token) ? [[token, length]] : []));
  }

  violate(what: string): void {
    this.violations.push(what);
  }
}
