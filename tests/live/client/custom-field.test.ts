import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { markerCustomField } from '@shared/sync/marker';
import { live } from '../case';
import { administrator } from '../credentials';
import { signIn } from '../device';
import { tagged } from '../made';
import { anAdministrator, may } from '../needs';

live(
  'A unique Custom Field marks a create: it is in the metadata at once, found by, and refused to a second one.',
  [anAdministrator, may('Brand', 'read', 'create')],
  async (server, leaveOut) => {
    const field = `fb_test_${Date.now().toString(36)}`;
    const isThere = async (): Promise<boolean> => {
      const { fields } = (await server.erp.doctype({ account: server.account, doctype: 'Brand' })).doctype;
      return fields.some(({ fieldname, unique, hidden }) => fieldname === field && unique === 1 && hidden === 1);
    };
    const office = await signIn(administrator()!);
    const { account, bridge } = office;
    try {
      if (!account.roles.includes('System Manager')) leaveOut(`${account.user} is no System Manager, who alone may add a field`);
      const body = { ...markerCustomField('Brand'), fieldname: field, label: `FB-TEST ${field}` };
      const { doc } = await bridge.erp.create({ account: account.id, doctype: 'Custom Field', body });
      try {
        expect(await isThere()).toBe(true);
        const marked = (word: string, id: string) => server.create('Brand', { brand: tagged(word), [field]: id });
        const id = randomUUID();
        const { name } = await marked('Marked', id);
        expect(await server.list('Brand', ['name', field], [[field, '=', id]], 2)).toEqual([{ name, [field]: id }]);
        await expect(marked('Marked again', id)).rejects.toMatchObject({ details: { excType: 'UniqueValidationError' } });
        await marked('Marked otherwise', randomUUID());
      } finally {
        await bridge.erp.remove({ account: account.id, doctype: 'Custom Field', name: doc.name });
      }
      expect(await isThere()).toBe(false);
    } finally {
      await office.close();
    }
  },
);
