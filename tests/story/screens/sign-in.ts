import type { Page } from '@playwright/test';
import type { Person } from '../../../electron/demo/people';

export class SignInScreen {
  constructor(private readonly page: Page) {}

  async signIn(address: string, person: Person): Promise<void> {
    await this.page.getByLabel('Site address').fill(address);
    await this.page.getByLabel('API key').fill(person.apiKey);
    await this.page.getByLabel('API secret').fill(person.apiSecret);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
}
