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

export const demoPeople: Person[] = [
  {
    name: 'Administrator',
    fullName: 'Administrator',
    password: 'admin',
    apiKey: 'demoadminkey00001',
    apiSecret: 'demoadminsecret1',
    roles: [],
  },
  {
    name: 'field@example.com',
    fullName: 'Frida Field',
    password: 'field',
    apiKey: 'demofieldkey00001',
    apiSecret: 'demofieldsecret1',
    roles: fieldRoles,
  },
  {
    name: 'office@example.com',
    fullName: 'Otto Office',
    password: 'office',
    apiKey: 'demoofficekey0001',
    apiSecret: 'demoofficesecret',
    roles: fieldRoles,
  },
  {
    name: 'readonly@example.com',
    fullName: 'Rita Reader',
    password: 'reader',
    apiKey: 'demoreaderkey0001',
    apiSecret: 'demoreadersecret',
    roles: ['Reader'],
  },
];

/** Roles as the server lists them: one's own, then those that everybody signed in has. */
export const rolesOf = (person: Person): string[] => [...new Set([...person.roles, ...everydayRoles])];
