import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { useSession } from './session';

/** What the site calls its users: the user's name is an address. Asked once a user, and only with a connection. */
export const usePeople = defineStore('people', () => {
  const session = useSession();
  const names = reactive(new Map<string, string>());
  const asked = new Set<string>();

  /** Their full name; until that is known, and where it may not be, the user's own name. */
  const nameOf = (user: string): string => (user === session.account?.user ? session.account.fullName : (names.get(user) ?? user));

  async function learn(users: readonly string[]): Promise<void> {
    const { account } = session;
    const unknown = users.filter((user) => user !== account?.user && !asked.has(user));
    if (account === null || unknown.length === 0) return;
    unknown.forEach((user) => asked.add(user));
    try {
      // As the desk asks for the people who look at a form.
      const method = 'frappe.desk.form.load.get_user_info_for_viewers';
      const { message } = await session.bridge.erp.call({
        account: account.id,
        http: 'GET',
        method,
        args: { users: JSON.stringify(unknown) },
      });
      for (const [user, name] of fullNames(message)) names.set(user, name);
    } catch {
      // Another time: their user names say enough.
      unknown.forEach((user) => asked.delete(user));
    }
  }

  return { nameOf, learn };
});

function fullNames(message: unknown): [user: string, name: string][] {
  if (typeof message !== 'object' || message === null) return [];
  return Object.entries(message).flatMap(([user, about]): [string, string][] => {
    const name: unknown = typeof about === 'object' && about !== null ? Reflect.get(about, 'fullname') : null;
    return typeof name === 'string' && name !== '' ? [[user, name]] : [];
  });
}
