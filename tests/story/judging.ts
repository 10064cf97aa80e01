import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { inBothSchemes } from './picture';
import { weakContrasts } from './weak-contrasts';

/** The list of a combobox stands at the end of the page, outside of every landmark, and belongs to its field all the same. */
const isNoPopup = ({ id, nodes }: { id: string; nodes: { html: string }[] }): boolean =>
  id !== 'region' || nodes.some(({ html }) => !html.includes('el-select-dropdown'));

/** Judges each screen that it is shown in both colour schemes, and notes that it was seen. */
export const judging = (page: Page, seen: string[]) => (sight: string) =>
  inBothSchemes(page, async (scheme) => {
    // Only colours are different in the dark. What is in order is not written up, and no style sheet is fetched once more.
    const runOnly = scheme === 'dark' ? { runOnly: { type: 'rule' as const, values: ['color-contrast'] } } : {};
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations', 'incomplete'], preload: false, ...runOnly });
    const { violations, incomplete } = await axe.analyze();
    seen.push(`${sight}, ${scheme}`);
    const found = violations.filter(isNoPopup).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect.soft(found, `${sight}, ${scheme}`).toEqual([]);
    const undecided = incomplete.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes);
    const weak = await weakContrasts(
      page,
      undecided.flatMap(({ target }) => target.map(String)),
    );
    expect.soft(weak, `${sight}, ${scheme}`).toEqual([]);
  });
