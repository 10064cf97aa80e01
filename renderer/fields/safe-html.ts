import DOMPurify from 'dompurify';

/**
 * HTML of the server that may be shown: no scripts, styles, forms, frames or event handlers, and nothing that would be
 * fetched from elsewhere (images of the site need its sign-in and are left out).
 */
export const safeHtml = (html: string): string =>
  DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'iframe',
      'img',
      'video',
      'audio',
      'source',
      'link',
      'svg',
      'math',
    ],
    FORBID_ATTR: ['style', 'id', 'name', 'target', 'srcset', 'background', 'action'],
  });

/** Paragraphs and line breaks only, in Frappe's editor's wrapping or none: text that can be edited as plain text and put back. */
const plainTags = /<\/?(p|div|br)\s*(class="ql-editor read-mode")?\s*\/?>/gi;

export function isPlain(html: string): boolean {
  return !/[<]/.test(html.replaceAll(plainTags, ''));
}

/** The text of plain HTML, a line a paragraph. */
export function plainOf(html: string): string {
  const lines = html
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<\/(p|div)>\s*(?=<(p|div))/gi, '\n')
    .replaceAll(plainTags, '')
    .replaceAll('\n\n\n', '\n\n');
  return new DOMParser().parseFromString(lines.replaceAll('\n', '&#10;'), 'text/html').body.textContent.replaceAll('\u00a0', ' ');
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as the HTML that Frappe's editor would store; no text is no HTML. */
export const htmlOf = (text: string): string =>
  text.trim() === ''
    ? ''
    : text
        .split('\n')
        .map((line) => `<p>${line === '' ? '<br>' : line.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? sign)}</p>`)
        .join('');
