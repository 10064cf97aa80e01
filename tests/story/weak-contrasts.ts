import type { Page } from '@playwright/test';

/** WCAG AA for text of ordinary size. */
const least = 4.5;

/**
 * Which of these elements' texts stand out too little. For what axe leaves undecided: something without a colour lies over the
 * text (the input of a choice over its placeholder), or a box that scrolls covers a part of it. Its own ancestors tell what is
 * behind it. `selectors`: as axe names elements.
 */
export const weakContrasts = (page: Page, selectors: readonly string[]): Promise<string[]> =>
  page.evaluate(
    ({ asked, wanted }) => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (canvas === null) throw new Error('no canvas');
      type Colour = [red: number, green: number, blue: number, alpha: number];
      const colourOf = (css: string): Colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
      };
      const over = ([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour => [
        r * a + red * (1 - a),
        g * a + green * (1 - a),
        b * a + blue * (1 - a),
        1,
      ];
      const behind = (element: Element): Colour => {
        const layers: Colour[] = [];
        for (let at: Element | null = element; at !== null; at = at.parentElement) {
          const colour = colourOf(getComputedStyle(at).backgroundColor);
          layers.push(colour);
          if (colour[3] === 1) break;
        }
        return layers.reduceRight<Colour>((sofar, layer) => over(layer, sofar), [255, 255, 255, 1]);
      };
      const light = ([red, green, blue]: Colour): number => {
        const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      return asked.flatMap((selector) => {
        const element = document.querySelector(selector);
        if (element === null) return [`${selector} is not there any more`];
        const ground = behind(element);
        const [one, other] = [light(over(colourOf(getComputedStyle(element).color), ground)), light(ground)];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return ratio >= wanted ? [] : [`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 200)}`];
      });
    },
    { asked: selectors, wanted: least },
  );
