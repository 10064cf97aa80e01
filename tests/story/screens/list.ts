import type { Locator, Page } from '@playwright/test';
import { Shell } from './shell';

/** The list of one DocType. */
export class ListScreen {
  constructor(private readonly page: Page) {}

  open(doctype: string): Promise<void> {
    return new Shell(this.page).go(`/list/${encodeURIComponent(doctype)}`);
  }

  get count(): Locator {
    return this.page.getByTestId('list-count');
  }

  row(name: string): Locator {
    return this.page.getByRole('grid').locator(`[role=row][data-name="${name}"]`);
  }

  async openRow(name: string): Promise<void> {
    await this.row(name).click();
  }

  async startNew(): Promise<void> {
    await this.page.getByTestId('new-document').click();
  }
}
