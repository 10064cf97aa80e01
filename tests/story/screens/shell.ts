import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** What is around every screen: navigation, search and the sync pill. */
export class Shell {
  constructor(private readonly page: Page) {}

  get pill(): Locator {
    return this.page.getByRole('link', { name: /^Sync: / });
  }

  async go(path: string): Promise<void> {
    await this.pill.waitFor();
    // The router hears of addresses only once the page that it begins with is there.
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, path);
  }

  openDocument(doctype: string, name: string): Promise<void> {
    return this.go(`/document/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`);
  }

  async expectSync(text: RegExp, timeout = 60_000): Promise<void> {
    await expect(this.pill).toHaveText(text, { timeout });
  }

  /** Types into the palette; what is found is read from the device alone. */
  async find(text: string): Promise<Locator> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const box = this.page.getByRole('combobox').last();
    await box.fill(text);
    return this.page.getByRole('group', { name: 'Documents' }).getByRole('option', { name: text });
  }
}
