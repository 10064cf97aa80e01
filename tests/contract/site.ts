import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Doc } from '@shared/erp/document';
import type { Person } from '../../electron/demo/company/people';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';

const seed = fileURLToPath(new URL('./seed/', import.meta.url));

/** The documents of the recorded site, as it had them before the first request. */
const documents = (): Doc[] =>
  readdirSync(seed).flatMap((file) => {
    // Each file holds whole documents of one DocType.
    const docs = JSON.parse(readFileSync(`${seed}${file}`, 'utf8')) as Doc[];
    return docs.map((doc) => ({ ...doc, doctype: file.replace(/\.json$/, '') }));
  });

const person = (name: string, fullName: string, key: string, password: string, roles: string[]): Person => ({
  name,
  fullName,
  apiKey: key,
  apiSecret: `${key}secret`,
  password,
  roles,
});

const account = (name: string): Doc => ({
  doctype: 'Account',
  name: `${name} - WPD`,
  account_name: name,
  company: 'Wind Power LLC (Demo)',
  account_currency: 'INR',
});
const currency = (name: string, symbol: string, format: string): Doc => ({
  doctype: 'Currency',
  name,
  currency_name: name,
  enabled: 1,
  fraction_units: 100,
  symbol,
  number_format: format,
});

/** The documents were recorded up to 120 of a DocType, and settings not at all: what requests use of the rest. */
const beyondTheRecorded: Doc[] = [
  account('Creditors'),
  account('Sales'),
  currency('AED', 'د.إ', '#,###.##'),
  currency('CHF', 'Fr', "#'###.##"),
  currency('GBP', '£', '#,###.##'),
  {
    doctype: 'Selling Settings',
    name: 'Selling Settings',
    owner: 'Administrator',
    modified: '2026-11-22 20:12:50.046859',
    modified_by: 'Administrator',
    cust_master_name: 'Customer Name',
    so_required: 'No',
    dn_required: 'No',
    selling_price_list: 'Standard Selling',
    maintain_same_rate_action: 'Stop',
    sales_update_frequency: 'Each Transaction',
  },
];

/** The users of the recordings by the word that names them there. */
export const people: { [as: string]: Person } = {
  field: person('field@example.com', 'Field', 'erpfieldkey0001', 'Field-Pass-1', ['Stock User', 'Purchase User', 'Sales User']),
  admin: person('api@example.com', 'Api', 'erpadminkey0001', 'Admin-Pass-1', []),
  readonly: person('readonly@example.com', 'Readonly', 'erpreadonlykey01', 'Readonly-Pass-1', []),
};

/** A demo site in the state, and at the time, of the recordings. */
export function recordedSite(): DemoSite {
  // 21:52 in the site's time zone; every question of the time is a few milliseconds later.
  let now = Date.UTC(2026, 10, 22, 16, 22, 9);
  const site = createDemoSite({ now: () => (now += 7), timeZone: 'Asia/Kolkata', company: 'none', people: Object.values(people) });
  const roles = new Set(site.documents('Role').map(({ name }) => name));
  site.setRoles(
    'api@example.com',
    [...roles].filter((role) => !['All', 'Guest', 'Desk User'].includes(role)),
  );
  site.load(documents());
  // How often a DocType was saved.
  for (const [name, idx] of Object.entries({ 'Mode of Payment': 1, ToDo: 2, 'Selling Settings': 1 }))
    site.setSilently('DocType', name, { idx });
  site.load([
    { doctype: 'Global Defaults', name: 'Global Defaults', default_company: 'Wind Power LLC (Demo)', default_currency: 'INR' },
    ...beyondTheRecorded,
    { doctype: 'Fiscal Year', name: '2026-2027', year: '2026-2027', year_start_date: '2026-04-01', year_end_date: '2027-03-31' },
  ]);
  return site;
}
