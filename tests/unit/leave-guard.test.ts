import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeDocType } from '../../renderer/cache/doctypes';
import { toRow } from '../../renderer/cache/document-row';
import { useDocumentForm } from '../../renderer/stores/document-form';
import { useLeaveGuard } from '../../renderer/views/document/use-leave-guard';
import { testCache } from '../support/cache';
import type { TestCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';
import { bundleOf } from '../support/form-fixtures';

const route = vi.hoisted(() => ({ mayLeave: async (): Promise<boolean> => true }));
vi.mock('vue-router', async (original) => ({
  ...(await original<object>()),
  onBeforeRouteLeave: (guard: () => Promise<boolean>) => void (route.mayLeave = guard),
  onBeforeRouteUpdate: () => undefined,
}));
vi.mock('../../renderer/stores/sync', () => ({ useSync: () => ({ send: () => undefined, online: false, state: null }) }));

const stored = { id: 'a'.repeat(64), sha256: 'a'.repeat(64), md5: 'b', size: 3, type: 'text/plain' };
const file = { file: stored, fileName: 'a.txt', isPrivate: true };

let ports: TestCache;
let ends: (() => void)[] = [];
beforeEach(async () => {
  ports = testCache();
  await writeDocType(ports.cache, bundleOf('Customer'), 1);
  const kept = { doctype: 'Customer', name: 'Acme', customer_name: 'Acme', modified: '1', docstatus: 0 as const };
  await ports.cache.documents.put(toRow(kept, { doctype: undefined, origin: 'profile', keptAt: 1, alias: undefined }));
});
afterEach(() => {
  ends.forEach((end) => end());
  ends = [];
});

async function opened(name: string | null) {
  const { value, end } = composed(
    () => {
      const form = useDocumentForm({ doctype: 'Customer', name });
      return { form, guard: useLeaveGuard(form) };
    },
    ports,
    accountOf(),
  );
  ends.push(end);
  await vi.waitUntil(() => value.form.typing.ready.value);
  return value;
}

/** A file that is being kept until the test says that it is. */
function keeping(form: Awaited<ReturnType<typeof opened>>['form']): (taken: boolean) => void {
  let end: (taken: boolean) => void = () => undefined;
  void form.files.storing(
    new Promise<void>((resolve) => {
      end = (taken) => {
        if (taken) form.files.hold(file);
        resolve();
      };
    }),
  );
  return (taken) => end(taken);
}

async function leaving() {
  const left: { is: boolean | null } = { is: null };
  void route.mayLeave().then((may) => (left.is = may));
  // Whatever does not wait for the file is through by then.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  return left;
}

it('a new document is not left while its only file is being kept, and asks about it then', async () => {
  const { form, guard } = await opened(null);
  const kept = keeping(form);
  const left = await leaving();
  expect([left.is, guard.asking.value]).toEqual([null, false]);
  kept(true);
  await vi.waitUntil(() => guard.asking.value);
  guard.answer('stay');
  await vi.waitUntil(() => left.is !== null);
  expect([left.is, form.files.held.value]).toEqual([false, [file]]);

  const again = await leaving();
  expect([again.is, guard.asking.value]).toEqual([null, true]);
  guard.answer('leave');
  await vi.waitUntil(() => again.is !== null);
  expect([again.is, form.files.held.value]).toEqual([true, []]);
});

it('where that file was not taken there is nothing to ask about', async () => {
  const { form, guard } = await opened(null);
  const kept = keeping(form);
  const left = await leaving();
  expect(left.is).toBeNull();
  kept(false);
  await vi.waitUntil(() => left.is !== null);
  expect([left.is, guard.asking.value]).toEqual([true, false]);
});

it('a document that is saved is left at once: its files reach it without the form', async () => {
  const { form, guard } = await opened('Acme');
  keeping(form);
  const left = await leaving();
  expect([left.is, guard.asking.value]).toEqual([true, false]);
});
