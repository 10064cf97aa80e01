import { writeFileSync } from 'node:fs';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { serveDemo } from '../../electron/demo/rest/serve';
import type { Leftover } from './made';

const sales = 'Sales User';

/** A workflow for the cases that want one, on the DocType that no other case submits. */
function addWorkflow(site: DemoSite): void {
  const { insert } = site.as('Administrator');
  for (const state of ['Asked for', 'Approved']) insert('Workflow State', { workflow_state_name: state });
  insert('Workflow Action Master', { workflow_action_name: 'Approve' });
  insert('Workflow', {
    ...{ workflow_name: 'Customer approval', document_type: 'Customer', is_active: 1, workflow_state_field: 'workflow_state' },
    states: ['Asked for', 'Approved'].map((state) => ({ state, doc_status: '0', allow_edit: sales })),
    transitions: [{ state: 'Asked for', action: 'Approve', next_state: 'Approved', allowed: sales }],
  });
}

/** Whatever on the site was made by a run, as it is listed at the end of one. */
const madeOn = (site: DemoSite): Leftover[] =>
  site.engine.metadata
    .all()
    .filter(({ name }) => !['Deleted Document', 'Version', 'Comment'].includes(name))
    .flatMap(({ name }) => site.documents(name))
    .filter((doc) => /FB-TEST|fb_test/.test(JSON.stringify(doc)))
    .map(({ doctype, name }) => ({ doctype, name, reason: 'the run did not delete it' }));

let end: (() => Promise<void>) | undefined;

/**
 * With FIELDBOOK_LIVE_DEMO the suite has a demo server of this process for its site, with everything that its cases ask
 * for, so that none is left out: it shows that the suite itself works.
 */
export async function setup(): Promise<void> {
  const { FIELDBOOK_LIVE_DEMO: demo, FIELDBOOK_LIVE_LEFTOVERS: leftovers } = process.env;
  if (demo === undefined || leftovers === undefined) return;
  const site = createDemoSite({ scale: 40 });
  addWorkflow(site);
  const { url, close } = await serveDemo(site, { push: site });
  const [user, admin] = ['field@example.com', 'Administrator'].map((who) => site.people.find(({ name }) => name === who));
  Object.assign(process.env, {
    ERPNEXT_SOCKET_URL: url,
    ...{ ERPNEXT_URL: url, ERPNEXT_API_KEY: user?.apiKey, ERPNEXT_API_SECRET: user?.apiSecret },
    ...{ ERPNEXT_ADMIN_API_KEY: admin?.apiKey, ERPNEXT_ADMIN_API_SECRET: admin?.apiSecret },
    ...{ ERPNEXT_USER: user?.name, ERPNEXT_PASSWORD: user?.password, ERPNEXT_OAUTH_CLIENT_ID: 'fieldbook-demo' },
  });
  end = async () => {
    await close();
    // Told by the site itself, whatever the cases believe.
    writeFileSync(leftovers, JSON.stringify(madeOn(site)));
  };
}

export const teardown = (): Promise<void> | undefined => end?.();
