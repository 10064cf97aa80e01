import { createPinia, setActivePinia } from 'pinia';
import { computed, effectScope, nextTick, shallowRef } from 'vue';
import { onTestFinished } from 'vitest';
import type { Bridge } from '@shared/bridge';
import type { ChildRow, Doc, DocumentValues } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import type { DocField } from '@shared/erp/docfield';
import { newDocument } from '@shared/form/new-document';
import type { ItemDetails, ItemQuestion } from '@shared/form/item-details';
import { initialState } from '@shared/sync/sync-state';
import { toRow } from '../../renderer/cache/document-row';
import { useTyping } from '../../renderer/stores/document-typing';
import { useSession } from '../../renderer/stores/session';
import { testAccount, testCache } from './cache';
import { bundleOf, session } from './form-fixtures';

const company: Doc = { doctype: 'Company', name: 'Wind Power LLC', default_currency: 'INR' };

type Around = {
  /** What is on the device. */
  documents: Doc[];
  /** The document as it was kept; a new one unless given. */
  from?: DocumentValues;
  /** The server, where it can be reached: its answer to `get_item_details`. */
  details?: (question: ItemQuestion) => Promise<ItemDetails>;
};

/** A form of a DocType that a person types into, over a cache with these documents. */
export async function typingOn(doctype: string, { documents, from, details }: Around) {
  const recorder = testCache();
  const keptAt = Date.now();
  for (const doc of documents) await recorder.cache.documents.put(toRow(doc, { doctype: undefined, origin: 'profile', keptAt }));

  setActivePinia(createPinia());
  const accounts = useSession();
  const state = { ...initialState(testAccount), connectivity: { kind: details === undefined ? 'offline' : 'online' } as const };
  const sync = {
    state: () => ({
      ...state,
      connectivity: details === undefined ? { kind: 'offline' as const, since: 0, nextTry: null } : state.connectivity,
    }),
  };
  const questions: ItemQuestion[] = [];
  const erp = {
    itemDetails: ({ question }: { question: ItemQuestion }) => {
      questions.push(question);
      return details?.(question) ?? Promise.resolve({});
    },
  };
  // The parts of the workspace and of the bridge that typing uses.
  accounts.workspace = { accountId: testAccount, cache: recorder.cache, recorder, sync } as unknown as typeof accounts.workspace;
  accounts.connection = { bridge: { erp } as unknown as Bridge } as unknown as typeof accounts.connection;
  accounts.accounts = {
    active: testAccount,
    accounts: [{ id: testAccount, defaults: session.defaults }],
  } as unknown as typeof accounts.accounts;

  const bundle = bundleOf(doctype);
  const sources = shallowRef({ session, company });
  const scope = effectScope();
  onTestFinished(() => {
    scope.stop();
    recorder.cache.close();
  });
  const typing = scope.run(() =>
    useTyping({ bundle: computed(() => bundle), session: computed(() => session), defaults: computed(() => sources.value) }),
  );
  if (typing === undefined) throw new Error('the scope is not active');
  const began = from ?? newDocument(bundle.doctype, sources.value);
  typing.start(began, began);

  const tableOf = (fieldname: string): DocField => {
    const field = bundle.doctype.fields.find((each) => each.fieldname === fieldname);
    if (field === undefined) throw new Error(`${doctype} has no ${fieldname}`);
    return field;
  };
  const items = tableOf('items');
  const rows = (): ChildRow[] => rowsOf(typing.values.value, 'items');
  const row = (at: number): ChildRow => {
    const found = rows()[at];
    if (found === undefined) throw new Error(`there is no row ${at}`);
    return found;
  };

  return {
    typing,
    questions,
    values: () => typing.values.value,
    rows,
    row,
    table: (fieldname: string): ChildRow[] => rowsOf(typing.values.value, fieldname),
    /** Rows as they are pasted below the others. */
    async add(...given: Record<string, string | number>[]) {
      typing.addRows(items, rows().length, given);
      await typing.settled();
    },
    async cell(at: number, fieldname: string, value: string | number | null) {
      typing.setCell(items, row(at).name, fieldname, value);
      await typing.settled();
    },
    async paste(at: number, given: Record<string, string | number>) {
      typing.setCells(items, row(at).name, given);
      await typing.settled();
    },
    /** The document's company is one with another currency, as if it had been chosen. */
    async companyIn(currency: string) {
      sources.value = { session, company: { ...company, default_currency: currency } };
      await nextTick();
      await typing.settled();
    },
    async set(fieldname: string, value: string | number | null) {
      typing.set(fieldname, value);
      await typing.settled();
    },
  };
}
