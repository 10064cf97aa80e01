import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { playDay } from './day';
import { Gate } from './gate';
import { Office } from './office';
import { DocumentScreen } from './screens/document';
import { Shell } from './screens/shell';
import { SignInScreen } from './screens/sign-in';
import { SyncCentre } from './screens/sync-centre';
import type { Verdict } from './verdict';

export type SightOptions = {
  page: Page;
  /** Called with each screen worth seeing, in the order of the day. The page must be left as it was found. */
  look(sight: string): Promise<void>;
  /** The size of the company, as the demo takes it; the usual one unless given. */
  scale?: number | undefined;
};

/** What an address of this machine is called where people see it. */
export const siteName = 'erp.alder-finch.example';

/** The download is looked at when it comes to these: what stands before them in the profile is here by then. */
const heldDocTypes = ['Sales Invoice', 'Purchase Invoice'];

const desk = { width: 1280, height: 800 };
const narrow = { width: 720, height: 800 };

/** The day in the field, stopping at every screen worth seeing. */
export async function seeTheDay({ page, look, scale }: SightOptions): Promise<Verdict> {
  const gate = new Gate(({ pathname }) => heldDocTypes.some((doctype) => decodeURIComponent(pathname) === `/api/resource/${doctype}`));
  const office = await Office.open({ scale, fetch: (site) => gate.guard(site.fetch) });
  const shell = new Shell(page);
  const form = new DocumentScreen(page);

  const heading = (name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const list = async () => {
    await shell.go('/list/Sales%20Order');
    await heading('Sales Orders');
    await expect(page.getByRole('row').nth(8)).toBeVisible();
  };
  const document = async () => {
    const order = office.site.documents('Sales Order').find((doc) => doc.docstatus === 1 && doc['status'] === 'To Deliver and Bill');
    await shell.openDocument('Sales Order', order?.name ?? '');
    await heading(String(order?.['customer_name']));
  };

  const afterStep: Record<string, () => Promise<void>> = {
    'signed-in': async () => {
      await shell.go('/get-ready');
      await heading('Get ready');
      await gate.reached;
      await shell.expectSync(/^Downloading [1-9]/);
      await look('get-ready-downloading');
      gate.open();
    },
    ready: async () => {
      await look('get-ready');
      await list();
      await look('list');
      await expect(await shell.find('Müller')).not.toHaveCount(0);
      await look('search');
      await page.keyboard.press('Escape');
      await document();
      await look('document');
      await page.setViewportSize(narrow);
      await look('document-narrow');
      await list();
      await look('list-narrow');
      await page.setViewportSize(desk);
      await shell.go('/settings');
      await heading('Settings');
      await expect(page.getByRole('region', { name: 'Log, newest line first' })).toBeVisible();
      await look('settings');
      await new SyncCentre(page).open('needs-you');
      await look('nothing-needs-you');
    },
    offline: async () => {
      await list();
      await shell.expectSync(/^Offline/);
      await look('offline');
    },
    order: async () => {
      await expect(page.getByText('Saved on this device.')).toHaveCount(0);
      await form.field('items').scrollIntoViewIfNeeded();
      await look('new-order');
    },
    attached: () => look('attachments'),
    waiting: async () => {
      await look('waiting');
      await new SyncCentre(page).open('connection');
      await expect(page.getByLabel('Passphrase again')).toBeVisible();
      await look('export');
      await new SyncCentre(page).open('waiting');
    },
    conflict: async () => {
      await expect(page.getByRole('link', { name: 'Waiting', exact: true })).toBeVisible({ timeout: 60_000 });
      await look('conflict');
    },
    reconciled: async () => {
      await look('done');
      await new SyncCentre(page).open('connection');
      await look('connection');
    },
  };

  try {
    await new SignInScreen(page).address.fill(siteName);
    await look('sign-in');
    return await playDay({ page, office, onStep: async ({ id }) => afterStep[id]?.() });
  } finally {
    gate.open();
    await office.close();
  }
}
