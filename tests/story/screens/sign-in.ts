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

  /** Signs in by API key at a site whose address is there already. */
  async enter(person: Person): Promise<void> {
    await this.choose('API key');
    await this.page.getByRole('textbox', { name: 'API key' }).fill(person.apiKey);
    await this.page.getByLabel('API secret').fill(person.apiSecret);
    await this.submit();
  }

  /** Chooses a way to sign in. */
  async choose(way: 'Password' | 'API key' | 'Browser'): Promise<void> {
    await this.page.getByRole('radio', { name: way }).check();
  }

  get user(): Locator {
    return this.page.getByLabel('E-mail or user');
  }

  /** The field, which has no role, beside the radio button of its name. */
  get password(): Locator {
    return this.page.locator('input[name="password"]');
  }

  async signInByPassword(address: string, user: string, password: string): Promise<void> {
    await this.address.fill(address);
    await this.user.fill(user);
    await this.password.fill(password);
    await this.submit();
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
}
