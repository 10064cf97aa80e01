/** Someone who can sign in to the demo site. The secrets are the demo's own and guard nothing. */
export type Person = {
  name: string;
  fullName: string;
  password: string;
  apiKey: string;
  apiSecret: string;
  roles: string[];
};

const everydayRoles = ['All', 'Guest', 'Desk User'];

const fieldRoles = [
  'Sales User',
  'Stock User',
  'Purchase User',
  'Accounts User',
  'Maintenance User',
  'Item Manager',
  'Sales Master Manager',
];

const person = (name: string, fullName: string, password: string, apiKey: string, apiSecret: string, roles: string[]): Person => {
  return { name, fullName, password, apiKey, apiSecret, roles };
};

export const demoPeople: Person[] = [
  person('Administrator', 'Administrator', 'admin', 'demoadminkey00001', 'demoadminsecret1', []),
  person('field@example.com', 'Frida Field', 'field', 'demofieldkey00001', 'demofieldsecret1', fieldRoles),
  person('office@example.com', 'Otto Office', 'office', 'demoofficekey0001', 'demoofficesecret', fieldRoles),
  person('readonly@example.com', 'Rita Reader', 'reader', 'demoreaderkey0001', 'demoreadersecret', ['Reader']),
];

/** Roles as the server lists them: one's own, then those that everybody signed in has. */
export const rolesOf = (person: Person): string[] => [...new Set([...person.roles, ...everydayRoles])];
