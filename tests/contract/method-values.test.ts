import { beforeAll, describe, expect, test } from 'vitest';
import { masked } from './compare';
import { recordings } from './recording';
import { replay } from './replay';

// What the comparison of whole answers lets pass as computed by the real server alone: here the values themselves count.

type Values = { [name: string]: unknown };
type Answers = { recorded: Values; actual: Values };

const permission = 'frappe.client.has_permission';
const permissions = 'frappe.client.get_doc_permissions';
const value = 'frappe.client.get_value';
const transitions = 'frappe.model.workflow.get_transitions';
const versions = 'frappe.utils.change_log.get_versions';
const details = 'erpnext.stock.get_item_details.get_item_details';

/** What a method's answer carries, times and random names masked; an empty one where it is refused. */
function valuesOf(body: unknown): Values {
  // The methods asked here answer with an object or a list in `message`.
  const { message } = JSON.parse(JSON.stringify(body), (_, each: unknown) => masked(each)) as { message?: Values };
  return message ?? {};
}

const answers = new Map<string, Answers[]>();

beforeAll(async () => {
  const asked = [permission, permissions, value, transitions, versions, details].map((method) => `/api/method/${method}`);
  for (const recording of recordings()) {
    if (!recording.steps.some(({ request: { path } }) => asked.includes(String(path)))) continue;
    for (const { step, actual } of await replay(recording)) {
      const method = String(step.request.path).replace('/api/method/', '');
      const both = { recorded: valuesOf(step.response.body), actual: valuesOf(actual.body) };
      answers.set(method, [...(answers.get(method) ?? []), both]);
    }
  }
});

function recorded(method: string): Answers[] {
  const found = answers.get(method) ?? [];
  expect(found.length, `a recording of ${method}`).toBeGreaterThan(0);
  return found;
}

describe('the demo server answers with the values that were recorded', () => {
  test.each([permission, permissions, value, transitions])('%s', (method) => {
    for (const { recorded: real, actual } of recorded(method)) expect(actual).toEqual(real);
  });

  test('the versions of its apps, under names of its own', () => {
    for (const { recorded: real, actual } of recorded(versions)) {
      expect(Object.keys(actual)).toEqual(Object.keys(real));
      for (const app of Object.keys(real)) expect(actual[app]).toMatchObject({ version: Reflect.get(Object(real[app]), 'version') });
    }
  });

  test('of the details of an item all that it gives, the price among them', () => {
    for (const { recorded: real, actual } of recorded(details)) expect(real).toMatchObject(actual);
    const [, whole] = recorded(details);
    expect(whole?.actual).toMatchObject({ price_list_rate: 800, qty: 3, stock_qty: 3, actual_qty: 0, valuation_rate: 0 });
  });
});
