import { shallowRef } from 'vue';
import { z } from 'zod';
import { AppError } from '@shared/errors';
import { useSession, useWorkspace } from './session';

/** A DocType that the user may read. `module`: empty where the site does not say. */
export type SiteDocType = { name: string; module: string };

const answered = z.array(z.looseObject({ value: z.string(), description: z.string().nullish() }));

/** Frappe's own query of the DocTypes that a user may read, child tables left out (`permitted_documents_for_user.py` of version 15; not recorded). */
const permitted = 'frappe.core.report.permitted_documents_for_user.permitted_documents_for_user.query_doctypes';

/** A site has some hundreds. */
const most = 5_000;

/**
 * Every DocType of the site that the user may read, as the site tells it, asked once when it is first wanted. Null before that, and
 * where the site does not tell: `error` says why.
 */
export function useSiteDocTypes() {
  const session = useSession();
  const { accountId } = useWorkspace();
  const doctypes = shallowRef<SiteDocType[] | null>(null);
  const error = shallowRef<AppError | null>(null);
  let asking: Promise<void> | null = null;

  async function search(args: Record<string, unknown>): Promise<z.infer<typeof answered>> {
    const { message } = await session.bridge.erp.call({
      account: accountId,
      priority: 'interactive',
      http: 'GET',
      method: 'frappe.desk.search.search_link',
      args: { doctype: 'DocType', txt: '', page_length: most, ...args },
    });
    const read = answered.safeParse(message);
    if (read.success) return read.data;
    throw new AppError('not-frappe', 'The site does not say which DocTypes it has. Type the name of the one that you want.');
  }

  async function ask(): Promise<void> {
    error.value = null;
    try {
      const user = session.account?.user ?? '';
      const names = await search({ query: permitted, filters: { user, include_single_doctypes: 1 } });
      doctypes.value = sorted(names.map(({ value }) => ({ name: value, module: '' })));
      // Their modules make them easier to find, and are not worth failing for.
      const described = new Map((await search({ filters: { istable: 0 } })).map(({ value, description }) => [value, description ?? '']));
      doctypes.value = doctypes.value.map(({ name }) => ({ name, module: described.get(name) ?? '' }));
    } catch (thrown) {
      if (doctypes.value === null) error.value = AppError.from(thrown);
    }
  }

  function want(): void {
    if (doctypes.value === null) asking ??= ask().finally(() => (asking = null));
  }

  return { doctypes, error, want };
}

const sorted = (doctypes: SiteDocType[]): SiteDocType[] => doctypes.sort((one, other) => one.name.localeCompare(other.name));
