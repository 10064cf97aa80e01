import type { DocTypeBundle } from '@shared/erp/doctype';
import { useSession, useWorkspace } from './session';

/** The form of a DocType that this device does not have yet, as the server tells it; it is not kept. */
export function useDocTypeForm() {
  const session = useSession();
  const { accountId } = useWorkspace();
  const fetchForm = (doctype: string): Promise<DocTypeBundle> =>
    session.bridge.erp.doctype({ account: accountId, priority: 'interactive', doctype });
  return { fetchForm };
}
