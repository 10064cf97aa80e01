import type { DemoSite } from '../../../electron/demo/site';

const states = ['Reported', 'Checked', 'Approved'];

/** Gives a DocType a workflow of three states, each leading on to the next, which anybody may take. */
export function addApproval(site: DemoSite, doctype: string): void {
  const actions = ['Check', 'Approve'];
  const bare = (kind: string, name: string) => ({ doctype: kind, name, modified: site.clock.stamp() });
  site.load([...states.map((state) => bare('Workflow State', state)), ...actions.map((action) => bare('Workflow Action Master', action))]);
  site.as('Administrator').insert('Workflow', {
    workflow_name: `${doctype} approval`,
    document_type: doctype,
    workflow_state_field: 'workflow_state',
    is_active: 1,
    states: states.map((state) => ({ name: '', state, doc_status: '0', allow_edit: 'All' })),
    transitions: actions.map((action, position) => ({
      name: '',
      state: states[position] ?? '',
      action,
      next_state: states[position + 1] ?? '',
      allowed: 'All',
    })),
  });
  for (const { name } of site.documents(doctype)) site.setSilently(doctype, name, { workflow_state: states[0] ?? '' });
}
