import { rightsOf, type Rights } from '@shared/erp/permissions';
import { AppError } from '@shared/errors';
import { administrator, personal } from './credentials';
import type { Need } from './case';
import type { Live } from './live';
import { sceneOf, type Scene } from './scene';

type Right = Exclude<keyof Rights, 'readLevels' | 'writeLevels'>;

/** What the user's roles allow with a DocType; a sentence where the server does not show it to them. */
export async function rights(live: Live, doctype: string): Promise<Rights | string> {
  try {
    const { user, roles } = live.device.account;
    return rightsOf((await live.bundle(doctype)).doctype, { user, roles }, user);
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    if (code === 'forbidden' || code === 'not-found' || code === 'server-error')
      return `the server does not show ${doctype} to this user (${code})`;
    throw thrown;
  }
}

/** The user's roles allow all of this with a DocType. */
export const may =
  (doctype: string, ...wanted: Right[]): Need =>
  async (live) => {
    const allowed = await rights(live, doctype);
    if (typeof allowed === 'string') return allowed;
    const { user, roles } = live.device.account;
    const missing = wanted.filter((right) => !allowed[right]);
    if (missing.length > 0) return `${user} has no role that may ${missing.join(', ')} ${doctype}`;
    // Under a workflow, a new document is edited by one role alone.
    const first = (await live.bundle(doctype)).doctype.workflow?.states[0];
    const editor = first === undefined || !wanted.includes('write') || roles.includes(first.allow_edit);
    return editor ? null : `${user} has not the role ${first.allow_edit}, which the workflow of ${doctype} wants for “${first.state}”`;
  };

/** The site has these. */
const has =
  (...wanted: (keyof Scene)[]): Need =>
  async (live) => {
    const scene = await sceneOf(live);
    const missing = wanted.filter((what) => scene[what] === null);
    return missing.length === 0 ? null : `this user finds no ${missing.join(', no ')} on the site`;
  };

/** A DocType under a workflow is submitted through it alone. */
export const noWorkflow =
  (doctype: string): Need =>
  async (live) => {
    const { workflow } = (await live.bundle(doctype)).doctype;
    return workflow === undefined ? null : `${doctype} is under the workflow “${workflow.name}” on this site`;
  };

/** Somebody who may change what the user may see; for these cases alone, and where the environment names them. */
export const anAdministrator: Need = () =>
  Promise.resolve(administrator() === null ? 'ERPNEXT_ADMIN_API_KEY and ERPNEXT_ADMIN_API_SECRET are not both set' : null);

export const aPassword: Need = () => Promise.resolve(personal() === null ? 'ERPNEXT_USER and ERPNEXT_PASSWORD are not both set' : null);

export const anOAuthClient: Need = () =>
  Promise.resolve(personal()?.clientId ? null : 'ERPNEXT_OAUTH_CLIENT_ID is not set, or not beside ERPNEXT_USER and ERPNEXT_PASSWORD');

/** What making an order takes. */
export const forOrders: Need[] = [
  may('Sales Order', 'read', 'write', 'create'),
  may('Customer', 'read', 'create'),
  has('company', 'item', 'warehouse'),
];
