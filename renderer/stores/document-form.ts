import { computed, ref, shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocType } from '@shared/erp/doctype';
import type { DocumentValues, FieldValue } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import { AppError } from '@shared/errors';
import { formButtons, isClosed } from '@shared/form/form-actions';
import type { FormStanding, LifeAction, Unsent } from '@shared/form/form-actions';
import { newDocument } from '@shared/form/new-document';
import { cellKey, validate } from '@shared/form/validate';
import type { FormProblem } from '@shared/form/validate';
import { holdsTemporaryName, isTemporaryName } from '@shared/erp/temporary-name';
import { undo } from '../cache/outbox';
import { record } from '../cache/record';
import { takenValues } from '../cache/taken';
import type { Taken } from '../cache/taken';
import type { Change } from '../cache/record';
import { useDrafts } from './document-drafts';
import { useDocumentFiles } from './document-files';
import { useGivenName } from './document-name';
import { useFieldStates } from './document-states';
import { useLinks } from './document-links';
import { useCompany, useCompanyMoves } from './document-company';
import { useDocumentSource } from './document-source';
import { useTyping } from './document-typing';
import { formSession, siteTime } from './form-session';
import { useToday } from './use-today';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

export type FormKey = { doctype: string; name: string | null };

/** What a new document begins with besides its defaults. */
export type Beginning = { given?: Record<string, FieldValue>; keepDrafts?: boolean };

/** One open document: what it holds, what may be done with it, and doing it. Everything shown of a form comes from here. */
export function useDocumentForm(key: MaybeRefOrGetter<FormKey>, beginning: Beginning = {}) {
  const { t } = useI18n();
  const accounts = useSession();
  const workspace = useWorkspace();
  const sync = useSync();
  const links = useLinks();

  const source = useDocumentSource(key);
  const bundle = computed(() => source.metadata.value.value);
  const account = computed(() => {
    if (accounts.account === null) throw new AppError('no-account', 'There is no active account on this device. Sign in first.');
    return accounts.account;
  });
  const at = useToday((moment) => siteTime(moment, account.value.timeZone).slice(0, 10));
  const person = computed(() => formSession(account.value, at.value));
  const company = useCompany(person);
  const { defaults } = company;
  const session = computed(() => defaults.value.session);
  const isNew = computed(() => toValue(key).name === null);

  const typing = useTyping({ bundle, session, defaults });
  const { values, dirty } = typing;
  watch(() => values.value['company'], company.follow);
  const moves = useCompanyMoves(company, typing, bundle);

  /** A value that the person chose. */
  function set(fieldname: string, value: FieldValue): void {
    const before = defaults.value;
    typing.set(fieldname, value);
    if (fieldname === 'company') moves.chosen(value, before);
  }

  const naming = useGivenName(bundle, isNew);

  const owner = computed(() => {
    const own = values.value['owner'];
    return isNew.value || source.isLocal.value || typeof own !== 'string' ? undefined : own;
  });
  const rights = computed(() =>
    bundle.value === undefined ? { ...noRights } : rightsOf(bundle.value.doctype, session.value, owner.value),
  );
  /** A save is under way: its change is not safe yet, so that everything goes on as with unsaved typing. */
  const saving = ref(false);
  const files = useDocumentFiles(() => toValue(key).doctype, source.name);
  /** Typing or files would be lost with the form. */
  const losable = computed(() => dirty.value || files.held.value.length > 0);
  const unsaved = computed(() => dirty.value || saving.value);
  const unsent = computed(() =>
    source.entries.value.value.map(({ operation, state }): Unsent => ({
      ...{ kind: operation.kind, at: state.at },
      ...(operation.kind === 'workflow' ? { toState: operation.toState } : {}),
    })),
  );
  const standing = computed((): FormStanding | null =>
    bundle.value === undefined
      ? null
      : {
          doctype: bundle.value.doctype,
          values: values.value,
          rights: rights.value,
          roles: session.value.roles,
          isNew: isNew.value,
          dirty: unsaved.value,
          unsent: unsent.value,
        },
  );
  const locked = computed(() => standing.value !== null && isClosed(standing.value));
  const buttons = computed(() => (standing.value === null ? { primary: null, more: [] } : formButtons(standing.value)));

  // A document that the server has not seen is as open as a new one.
  const unseen = computed(() => isNew.value || source.isLocal.value);
  const states = useFieldStates({ bundle, values, began: typing.began, session, rights, isNew: unseen, locked });
  const drafts = useDrafts(typing, () => toValue(key), bundle);

  const tried = ref(false);
  /** What others of this device have already, as of the last try; what was changed since is free again. */
  const taken = shallowRef<readonly Taken[]>([]);
  const clashes = (): FormProblem[] =>
    taken.value
      .filter(({ fieldname, value }) => values.value[fieldname] === value)
      .map(({ fieldname, label, by }) => ({ key: 'notUnique', params: { by }, path: { fieldname }, label }));

  async function lookWhatIsTaken(): Promise<void> {
    if (bundle.value === undefined) return;
    await naming.look();
    taken.value = await takenValues(workspace.cache, bundle.value.doctype, values.value, isNew.value ? null : typing.began.value);
  }

  const problems = computed((): FormProblem[] =>
    tried.value && bundle.value !== undefined
      ? [
          ...naming.problems.value,
          ...validate(bundle.value, values.value, states.mode.value, session.value, files.waitingCells.value),
          ...clashes(),
        ]
      : [],
  );
  const problemTexts = computed(() => new Map(problems.value.map((problem) => [cellKey(problem.path), textOf(problem)])));
  const textOf = (problem: FormProblem): string => t(`document.problem.${problem.key}`, { ...problem.params, label: problem.label });

  /** Entries that the server refused or that need a decision. */
  const parked = computed(() => source.entries.value.value.filter((entry) => entry.state.at === 'parked'));
  const refusals = computed(() => {
    const texts = new Map<string, string>();
    for (const { state } of parked.value) {
      if (state.at !== 'parked' || state.problem.kind !== 'refused') continue;
      for (const { path, message } of state.problem.fields) texts.set(cellKey(path), message);
    }
    return texts;
  });
  const problemAt = (cell: string): string | null => problemTexts.value.get(cell) ?? refusals.value.get(cell) ?? null;
  /** Until the server has spoken: unsaved or unsent. */
  const awaitsServer = computed(
    () => dirty.value || isNew.value || unsent.value.some(({ kind }) => kind === 'create' || kind === 'update'),
  );
  const isProvisional = (cell: string): boolean => awaitsServer.value && typing.computedCells.value.has(cell);

  let looked = false;
  watch(
    [bundle, source.stored.value, source.metadata.loaded, company.loaded],
    () => {
      if (bundle.value === undefined || !company.loaded.value) return;
      if (!isNew.value) {
        const stored = source.stored.value.value;
        if (stored === undefined) return;
        if (stored.doc !== typing.began.value) typing.follow(stored.doc);
      } else if (!typing.ready.value) {
        void beginNew(bundle.value.doctype);
      }
      if (!looked && !isNew.value && beginning.keepDrafts !== false && typing.ready.value) {
        looked = true;
        void drafts.look();
      }
    },
    { immediate: true },
  );

  let begun = false;
  async function beginNew(doctype: DocType): Promise<void> {
    if (begun) return;
    begun = true;
    const lists = await links.priceLists();
    const has = (fieldname: string): boolean => doctype.fields.some((field) => field.fieldname === fieldname);
    const given: Record<string, FieldValue> = {
      ...(has('selling_price_list') && lists.selling !== null ? { selling_price_list: lists.selling } : {}),
      ...(has('buying_price_list') && lists.buying !== null ? { buying_price_list: lists.buying } : {}),
      ...beginning.given,
    };
    const fresh = newDocument(doctype, defaults.value, given);
    typing.start(fresh, fresh);
    if (beginning.keepDrafts !== false) await drafts.look();
  }

  const working = shallowRef(false);
  const failure = shallowRef<AppError | null>(null);

  async function doing<T>(work: () => Promise<T>): Promise<T | null> {
    working.value = true;
    failure.value = null;
    try {
      return await work();
    } catch (error) {
      failure.value = AppError.from(error);
      return null;
    } finally {
      working.value = false;
    }
  }

  async function change(change_: Change): Promise<string | null> {
    const { name } = await record(workspace.recorder, change_);
    sync.send({ kind: 'saved' });
    return name;
  }

  /** Keeps what was typed on this device and queues it. Answers the document's name, or null where something is wrong with it. */
  async function save(): Promise<string | null> {
    if (saving.value || working.value) return null;
    saving.value = true;
    try {
      return await saveSettled();
    } finally {
      saving.value = false;
    }
  }

  async function saveSettled(): Promise<string | null> {
    await moves.settled();
    await files.settled();
    await typing.settled();
    tried.value = true;
    typing.dropBlankRows();
    await lookWhatIsTaken();
    if (problems.value.length > 0) return null;
    const { doctype } = toValue(key);
    const draftKey = toValue(key);
    // What is being saved is what further typing begins on, whichever comes first: the answer or the cache's own news.
    const { from, saved, ended } = typing.saving();
    return doing(async () => {
      try {
        const name = source.name.value;
        const given = naming.asks.value ? { name: naming.given.value } : {};
        const done =
          name === null
            ? await change({ kind: 'create', doctype, values: saved, ...given })
            : await change({ kind: 'update', doctype, name, from, values: saved });
        ended('kept');
        tried.value = false;
        await drafts.forgetKey(draftKey);
        if (done !== null) await queueFiles(doctype, done, saved);
        if (name === null && done !== null) files.news.named(done);
        return done;
      } catch (error) {
        ended('failed');
        throw error;
      }
    });
  }

  /** The document is kept by now, whatever becomes of its files: what goes wrong is told beside it. */
  async function queueFiles(doctype: string, name: string, saved: DocumentValues): Promise<void> {
    let some = files.release(saved, values.value);
    do {
      for (const file of some) {
        try {
          await change({ kind: 'attach', doctype, name, ...file });
        } catch (error) {
          failure.value = AppError.from(error);
        }
      }
      // One that came meanwhile goes with it too.
      await files.settled();
      some = files.release(saved, values.value);
    } while (some.length > 0);
  }

  /** The version on the screen; null where the server has none. */
  const beheld = (): string | null => {
    const modified = typing.began.value['modified'];
    return typeof modified === 'string' ? modified : null;
  };

  /** Submit, cancel, delete or a workflow action, queued. `seen`: the version that it was decided on, by `beheld`. */
  async function perform(action: LifeAction, seen = beheld()): Promise<boolean> {
    const { doctype } = toValue(key);
    const name = source.name.value;
    if (name === null) return false;
    const done = await doing(() => change({ ...action, doctype, name, beheld: seen }));
    return done !== null;
  }

  /** Takes the last change back that was not sent. Answers whether the document itself is gone with it. */
  async function undoEntry(id: string): Promise<{ gone: boolean } | null> {
    const entry = source.entries.value.value.find((each) => each.id === id);
    if (entry === undefined) return null;
    return doing(async () => {
      await undo(workspace.recorder, id);
      typing.drop();
      return { gone: entry.operation.kind === 'create' };
    });
  }

  async function comment(content: string): Promise<boolean> {
    const name = source.name.value;
    if (name === null) return false;
    return (await doing(() => change({ kind: 'comment', doctype: toValue(key).doctype, name, content }))) !== null;
  }

  /** What a person calls the document; never a temporary name. */
  const title = computed((): string => {
    const { doctype, name } = toValue(key);
    const own = values.value[bundle.value?.doctype.title_field ?? ''];
    // `{customer_name}` is a default that the server fills in.
    const shown = typeof own === 'string' && own !== '' && !own.startsWith('{') && !holdsTemporaryName(own) ? own : null;
    if (name === null) return t('document.newTitle', { doctype });
    const current = source.name.value ?? name;
    return shown ?? (isTemporaryName(current) ? (source.stored.value.value?.alias ?? t('document.newTitle', { doctype })) : current);
  });
  const subtitle = computed((): string | null => {
    const current = source.name.value;
    if (current === null) return null;
    const shown = isTemporaryName(current) ? (source.stored.value.value?.alias ?? null) : current;
    return shown === title.value ? null : shown;
  });

  return {
    key,
    source,
    bundle,
    session,
    defaults,
    typing,
    values,
    set,
    dirty,
    losable,
    files,
    saving,
    isNew,
    unseen,
    rights,
    unsent,
    locked,
    buttons,
    states,
    drafts,
    problems,
    textOf,
    problemAt,
    isProvisional,
    parked,
    working,
    failure,
    title,
    subtitle,
    naming,
    save,
    beheld,
    perform,
    undoEntry,
    comment,
    change,
    doing,
  };
}

export type DocumentForm = ReturnType<typeof useDocumentForm>;

const noRights = {
  read: false,
  write: false,
  create: false,
  delete: false,
  submit: false,
  cancel: false,
  amend: false,
  print: false,
  readLevels: new Set<number>(),
  writeLevels: new Set<number>(),
};
