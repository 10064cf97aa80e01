/** Someone who can sign in to the demo site. The secrets are the demo's own and guard nothing. */
export type Person = { name: string; fullName: string; password: string; apiKey: string; apiSecret: string; roles: string[] };

const fieldRoles = 'Sales User,Stock User,Purchase User,Accounts User,Maintenance User,Item Manager,Sales Master Manager'.split(',');

const people: [name: string, fullName: string, password: string, apiKey: string, apiSecret: string, roles: string[]][] = [
  ['Administrator', 'Administrator', 'admin', 'demoadminkey00001', 'demoadminsecret1', []],
  ['field@example.com', 'Frida Field', 'field', 'demofieldkey00001', 'demofieldsecret1', fieldRoles],
  ['office@example.com', 'Otto Office', 'office', 'demoofficekey0001', 'demoofficesecret', fieldRoles],
  ['readonly@example.com', 'Rita Reader', 'reader', 'demoreaderkey0001', 'demoreadersecret', ['Reader']],
];

export const demoPeople: Person[] = people.map(([name, fullName, password, apiKey, apiSecret, roles]) => {
  return { name, fullName, password, apiKey, apiSecret, roles };
});

/** Roles as the server lists them: one's own, then those that everybody signed in has. */
export const rolesOf = (person: Person): string[] => [...new Set([...person.roles, 'All', 'Guest', 'Desk User'])];
