import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The form of one document. */
export class DocumentScreen {
  constructor(private readonly page: Page) {}

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  field(fieldname: string): Locator {
    return this.page.locator(`[data-fieldname="${fieldname}"]`);
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  async openSection(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true });
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  }

  async type(fieldname: string, text: string): Promise<void> {
    const box = this.field(fieldname).locator('input, textarea').first();
    await box.fill(text);
    await box.press('Tab');
  }

  /** Chooses from the suggestions of a Link field. */
  async link(fieldname: string, text: string): Promise<void> {
    await this.choose(this.field(fieldname).locator('input').first(), text);
  }

  /** Chooses one of a Select field's options. */
  async select(fieldname: string, option: string): Promise<void> {
    await this.field(fieldname).getByRole('combobox').press('Enter');
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  private async choose(box: Locator, text: string): Promise<void> {
    await box.click();
    await box.fill(text);
    // The list as it opened holds it too, somewhere, and is about to be replaced by what was found.
    const first = this.page.getByRole('option').first();
    await expect(first).toContainText(text);
    await first.click();
  }

  /** A cell of a child table, by row (from 0) and column heading. */
  cell(table: string, row: number, column: string): Locator {
    const line = this.field(table).locator(`[role=row][aria-rowindex="${row + 2}"]`);
    return line.getByRole('gridcell', { name: new RegExp(`^${column}: `) });
  }

  async addRow(table: string): Promise<void> {
    await this.field(table).getByRole('button', { name: 'Add row' }).click();
  }

  async typeCell(table: string, row: number, column: string, text: string): Promise<void> {
    const cell = this.cell(table, row, column);
    await cell.click();
    const box = cell.locator('input').first();
    await box.fill(text);
    await box.press('Tab');
    await this.page.keyboard.press('Escape');
  }

  async linkCell(table: string, row: number, column: string, text: string): Promise<void> {
    const cell = this.cell(table, row, column);
    await cell.click();
    await this.choose(cell.locator('input').first(), text);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(this.page.getByText(/^(Unsaved changes|Not saved|Saving…)$/)).toHaveCount(0);
  }

  /** Submits a saved document, answering the question that is asked first. */
  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Submit', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  /** Cancels a submitted document, answering the question that is asked first. */
  async cancel(): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Cancel document', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Cancel document', exact: true }).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  /** Amends a cancelled document; the form of the new one comes up, filled in. */
  async amend(): Promise<void> {
    await this.page.getByRole('button', { name: 'Amend', exact: true }).click();
    await this.page.waitForURL(/#\/new\//);
    await expect(this.page.getByText('Not saved', { exact: true })).toBeVisible();
  }

  /** Deletes the document, answering the question that is asked first; the list comes up then. */
  async remove(): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await this.page.waitForURL(/#\/list\//);
  }

  async comment(text: string): Promise<void> {
    await this.page.getByLabel('Add a comment').fill(text);
    await this.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(this.page.getByText(text, { exact: true })).toBeVisible();
  }

  /** Drops files on the form as a file manager does. */
  async drop(files: { name: string; type: string; bytes: Uint8Array }[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (list) => {
        const data = new DataTransfer();
        for (const { name, type, bytes } of list) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
        return data;
      },
      files.map(({ name, type, bytes }) => ({ name, type, bytes: [...bytes] })),
    );
    const target = this.page.locator('.document-page');
    for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer: transfer });
  }
}
