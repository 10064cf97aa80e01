import type { Locator, Page } from '@playwright/test';
import type { Person } from '../../../electron/demo/company/people';

export class SignInScreen {
  constructor(private readonly page: Page) {}

  get address(): Locator {
    return this.page.getByLabel('Site address');
  }

  async signIn(address: string, person: Person): Promise<void> {
    await this.address.fill(address);
    await this.enter(person);
  }

  /** Signs in at a site whose address is there already. */
  async enter(person: Person): Promise<void> {
    await this.page.getByLabel('API key').fill(person.apiKey);
    await this.page.getByLabel('API secret').fill(person.apiSecret);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
}
