import type { Doc } from '@shared/erp/document';
import { scalar } from '@shared/sync/changes';
import { notThereCounts } from '@shared/sync/marker';
import type { Operation } from '@shared/sync/outbox-entry';
import { findMissing } from '../find-missing';
import { read } from '../site';
import { done, refusal, saysNothing } from './outcome';
import type { Handler } from './outcome';

type Action = Extract<Operation, { kind: 'workflow' }>;

/** A workflow action, after reading that the document still is in the state the person saw. */
export const workflow: Handler<'workflow'> = {
  async send(site, { entry, operation }) {
    const { doctype, name } = entry;
    const reading = await read(site, doctype, name);
    if (reading.found !== 'yes') return findMissing(site, entry, reading.found);
    if (stateOf(reading.doc, operation) !== operation.fromState) return elsewhere(reading.doc, operation);
    const { message, messages } = await site.erp.call({
      account: site.account,
      priority: 'bulk',
      http: 'POST',
      method: 'frappe.model.workflow.apply_workflow',
      args: { doc: JSON.stringify(reading.doc), action: operation.action },
    });
    const answer = isDoc(message) ? message : null;
    if (answer !== null) return done({ ...answer, doctype, name }, messages);
    const after = await read(site, doctype, name);
    if (after.found === 'yes' && stateOf(after.doc, operation) === operation.toState) return done(after.doc, messages);
    throw saysNothing('apply_workflow');
  },

  async settle(site, { entry, operation }) {
    const reading = await read(site, entry.doctype, entry.name);
    if (reading.found !== 'yes') return findMissing(site, entry, reading.found);
    const state = stateOf(reading.doc, operation);
    if (state === operation.toState) return done(reading.doc);
    if (state !== operation.fromState) return elsewhere(reading.doc, operation);
    const counts = entry.state.at === 'uncertain' && notThereCounts(entry.state, site.now(), reading.date);
    return counts ? { kind: 'send', now: true } : { kind: 'not-yet', date: reading.date };
  },
};

const stateOf = (doc: Doc, { stateField }: Pick<Action, 'stateField'>) => scalar(doc, stateField) ?? '';

const elsewhere = (doc: Doc, { action, fromState, stateField }: Action) =>
  refusal(
    `“${action}” was meant for the state “${fromState}”, but the document is in “${String(stateOf(doc, { stateField }))}” now. Nothing was done; look at it and choose the next step.`,
  );

const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'modified' in value;
