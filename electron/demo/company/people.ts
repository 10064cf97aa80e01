/** Someone who can sign in to the demo site. The secrets are the demo's own and guard nothing. */
export type Person = {
  name: string;
  fullName: string;
  password: string;
  apiKey: string;
  apiSecret: string;
  roles: string[];
  /** A password alone does not sign in; the code is always the same here. */
  secondFactor?: SecondFactor;
};

export type SecondFactor = { method: 'OTP App' | 'Email' | 'SMS'; code: string };

const fieldRoles = 'Sales User,Stock User,Purchase User,Accounts User,Maintenance User,Item Manager,Sales Master Manager'.split(',');

const people: [name: string, fullName: string, password: string, apiKey: string, apiSecret: string, roles: string[]][] = [
  ['Administrator', 'Administrator', 'admin', 'demoadminkey00001', 'demoadminsecret1', []],
  ['field@example.com', 'Frida Field', 'field', 'demofieldkey00001', 'demofieldsecret1', fieldRoles],
  ['office@example.com', 'Otto Office', 'office', 'demoofficekey0001', 'demoofficesecret', fieldRoles],
  ['readonly@example.com', 'Rita Reader', 'reader', 'demoreaderkey0001', 'demoreadersecret', ['Reader']],
];

const secondFactors: { [name: string]: SecondFactor | undefined } = { 'readonly@example.com': { method: 'OTP App', code: '123456' } };

export const demoPeople: Person[] = people.map(([name, fullName, password, apiKey, apiSecret, roles]) => {
  const secondFactor = secondFactors[name];
  return { name, fullName, password, apiKey, apiSecret, roles, ...(secondFactor === undefined ? {} : { secondFactor }) };
});

/** Roles as the server lists them: one's own, then those that everybody signed in has. */
export const rolesOf = (person: Person): string[] => [...new Set([...person.roles, 'All', 'Guest', 'Desk User'])];
