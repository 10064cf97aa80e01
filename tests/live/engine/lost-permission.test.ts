import { expect } from 'vitest';
import { live } from '../case';
import { administrator } from '../credentials';
import { signIn } from '../device';
import { makeCustomer, party } from '../documents';
import { openFieldDevice } from '../field-device';
import { anAdministrator, may } from '../needs';

live(
  'What the user may no longer see goes from the device; an edit of it waits for a person.',
  [anAdministrator, may('Customer', 'read', 'write', 'create')],
  async (server, leaveOut) => {
    const { user } = server.device.account;
    const [kept, hidden, edited] = [
      await party(server),
      await makeCustomer(server, 'Hidden'),
      await makeCustomer(server, 'Hidden, edited'),
    ];
    const names = [kept, hidden, edited].map(({ name }) => name);
    const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [['name', 'in', names]] }]);
    device.goOffline();
    const mine = (await device.doc('Customer', edited.name))!;
    await device.record({ kind: 'update', doctype: 'Customer', name: edited.name, values: { ...mine, website: 'hidden.example' } });

    const office = await signIn(administrator()!);
    const { erp } = office.bridge;
    const account = office.account.id;
    try {
      const narrowed = await erp.count({ account, doctype: 'User Permission', filters: [['user', '=', user]] });
      if (narrowed > 0) leaveOut(`${user} has user permissions already, which a further one could widen`);
      const body = { user, allow: 'Customer', for_value: kept.name, apply_to_all_doctypes: 1 };
      const { doc: permission } = await erp.create({ account, doctype: 'User Permission', body });
      try {
        const seen = await server.get('Customer', hidden.name).then(
          () => true,
          () => false,
        );
        if (seen) leaveOut(`user permissions do not narrow what ${user} may see`);
        device.goOnline();
        device.engine.handle({ kind: 'sync-now' });
        expect(await device.settled()).toMatchObject([
          { name: edited.name, state: { at: 'parked', problem: { kind: 'missing', how: 'hidden' } } },
        ]);
        expect(await device.doc('Customer', kept.name)).toBeDefined();
        expect(await device.doc('Customer', hidden.name)).toBeUndefined();
        expect(await device.doc('Customer', edited.name), 'the edit is kept').toMatchObject({ website: 'hidden.example' });
      } finally {
        await erp.remove({ account, doctype: 'User Permission', name: permission.name });
      }
      device.engine.handle({ kind: 'sync-now' });
      await device.engine.idle();
      expect(await device.doc('Customer', hidden.name), 'seen again').toBeDefined();
    } finally {
      await office.close();
    }
  },
);
