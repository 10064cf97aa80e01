import type { Page } from '@playwright/test';
// Declares `window.fieldbook`.
import type {} from '../../renderer/bridge/electron-window';

/** What a call over the bridge came to, as it crossed. */
export type Answer = { ok: true; value: unknown } | { ok: false; error: { code: string; message: string } };

/**
 * Makes one call over Electron's bridge from inside a page, as any script there could. Rejects with the refusal of the
 * sender, if it is refused before it is a call.
 */
export function callFromPage(page: Page, method: string, params: unknown): Promise<Answer> {
  return page.evaluate(
    async ([name, given]) => {
      const { fieldbook } = window;
      if (!fieldbook) throw new Error('This page has no bridge.');
      const id = `${performance.now()} ${Math.random()}`;
      const answered = new Promise<Answer>((resolve) => {
        // birpc's own envelope: an answer names the question.
        fieldbook.onMessage((message) => {
          const { t, i, r } = message as { t: string; i: string; r: Answer };
          if (t === 's' && i === id) resolve(r);
        });
      });
      await fieldbook.post({ t: 'q', i: id, m: 'call', a: [id, name, given] });
      return answered;
    },
    [method, params] as const,
  );
}
