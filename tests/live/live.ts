import type { Bridge } from '@shared/bridge';
import type { ListText } from '@shared/bridge/erp';
import type { Doc, DocumentValues } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import type { Credentials } from './credentials';
import { signIn, type SignedIn } from './device';
import { Made } from './made';

export type Row = DocumentValues & { name: string };

/** The server as the cases ask it, with everything that they made there. */
export type Live = {
  credentials: Credentials;
  device: SignedIn;
  erp: Bridge['erp'];
  /** The account's id, which every call of the bridge names. */
  account: string;
  made: Made;
  list(doctype: string, fields: string[], filters: Filter[], limit: number, orderBy?: string): Promise<Row[]>;
  get(doctype: string, name: string): Promise<Doc>;
  /** Creates a document and notes it for the cleaning up. */
  create(doctype: string, values: Record<string, unknown>): Promise<Doc>;
  update(doctype: string, name: string, body: Record<string, unknown>): Promise<Doc>;
  /** Metadata, asked for once; rejects as the server does. */
  bundle(doctype: string): Promise<DocTypeBundle>;
};

let opened: Promise<Live> | null = null;

/** The one connection of a run. */
export const openLive = (credentials: Credentials): Promise<Live> => (opened ??= open(credentials));

/** The connection, where a case opened one. */
export const openedLive = (): Promise<Live> | null => opened;

async function open(credentials: Credentials): Promise<Live> {
  const device = await signIn(credentials);
  const { erp } = device.bridge;
  const account = device.account.id;
  const bundles = new Map<string, Promise<DocTypeBundle>>();
  const live: Live = {
    credentials,
    device,
    erp,
    account,
    made: new Made(),
    list: async (doctype, fields, filters, limit, orderBy) =>
      rowsOfList(await erp.list({ account, doctype, fields, filters, limit, ...(orderBy === undefined ? {} : { orderBy }) })),
    get: async (doctype, name) => (await erp.get({ account, doctype, name })).doc,
    async create(doctype, values) {
      const { doc } = await erp.create({ account, doctype, body: values });
      live.made.add(doctype, doc.name);
      return doc;
    },
    update: async (doctype, name, body) => (await erp.update({ account, doctype, name, body })).doc,
    bundle(doctype) {
      const known = bundles.get(doctype) ?? erp.doctype({ account, doctype });
      bundles.set(doctype, known);
      return known;
    },
  };
  return live;
}

/** The rows of a list as the server wrote it. */
export function rowsOfList(list: ListText): Row[] {
  // The client has checked that it is a list of rows.
  const { data, message } = JSON.parse(list.text) as { data?: Row[]; message?: Row[] };
  return data ?? message ?? [];
}
