import { computed } from 'vue';
import { rightsOf } from '@shared/erp/permissions';
import { hasMarkerField, markerCustomField, needsMarkerField } from '@shared/sync/marker';
import { writeDocType } from '../cache/doctypes';
import { readProfile } from '../cache/profile';
import { useSession, useWorkspace } from './session';
import { useLiveQuery } from './use-live';
import { useTask } from './use-task';

/** Who may add a field to a site. */
const role = 'System Manager';

/** Which DocTypes of this device have the site's unique field that marks new documents, and making it for the others. */
export function useMarkerField() {
  const session = useSession();
  const { accountId, cache } = useWorkspace();
  const kept = useLiveQuery(
    async () => {
      const person = session.account;
      if (person === null) return [];
      const profile = (await readProfile(cache)).map(({ doctype }) => doctype);
      const known = (await cache.doctypes.bulkGet(profile)).flatMap((row) => (row === undefined ? [] : [row.bundle.doctype]));
      // Of use is it where documents are made; a Bin or an Account is not made in the field.
      return known
        .filter((doctype) => needsMarkerField(doctype) && rightsOf(doctype, person, undefined).create)
        .map((doctype) => ({ name: doctype.name, has: hasMarkerField(doctype) }));
    },
    { initial: [] },
  );
  const names = (has: boolean) => computed(() => kept.value.value.flatMap((each) => (each.has === has ? [each.name] : [])));
  const [having, lacking] = [names(true), names(false)];
  const mayMake = computed(() => session.account?.roles.includes(role) === true);
  const { busy, error, run } = useTask();

  /** One DocType after another, so that what was made is known whatever comes in the way of the next. */
  const make = (): Promise<void> =>
    run(async () => {
      const { erp } = session.bridge;
      for (const doctype of lacking.value) {
        const asked = { account: accountId, priority: 'interactive' as const };
        await erp.create({ ...asked, doctype: 'Custom Field', body: markerCustomField(doctype) });
        await writeDocType(cache, await erp.doctype({ ...asked, doctype }), Date.now());
      }
    });

  return { having, lacking, mayMake, busy, error, make };
}
