import type { Page } from '@playwright/test';
import { Shell } from './shell';

export class SyncCentre {
  constructor(private readonly page: Page) {}

  async open(tab: 'waiting' | 'needs-you' | 'done' | 'connection'): Promise<void> {
    await new Shell(this.page).go(`/sync/${tab}`);
    await this.page.getByRole('heading', { name: 'Sync centre' }).waitFor();
  }

  async syncNow(): Promise<void> {
    await this.open('waiting');
    await this.page.getByRole('button', { name: 'Sync now' }).click();
  }

  /** Settles every open conflict with what was typed here. */
  async takeAllMine(): Promise<void> {
    await this.open('needs-you');
    await this.page.getByRole('button', { name: 'All mine' }).click();
    await this.page.getByRole('button', { name: 'Use these values' }).click();
  }
}
