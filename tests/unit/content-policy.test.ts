import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { securityHeaders } from '../../electron/renderer-files';

const policyOf = (connect: string) =>
  new Map(
    (securityHeaders(connect)['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources] as const;
    }),
  );

it('the policy of the pages has no exception: nothing inline, nothing evaluated, nothing from elsewhere', () => {
  const policy = policyOf("'self'");
  expect(policy.get('default-src')).toEqual(["'none'"]);
  for (const directive of ['script-src', 'style-src', 'font-src', 'worker-src', 'connect-src'])
    expect(policy.get(directive)).toEqual(["'self'"]);
  for (const directive of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(directive)).toEqual(["'none'"]);
  const sources = [...policy.values()].flat();
  expect(sources.filter((source) => /unsafe|\*|https?:|nonce|sha\d|wasm/.test(source))).toEqual([]);
  // Pictures alone may be of the page's own making: previews, and photos before they are kept.
  expect([...policy].filter(([, list]) => list.some((source) => /^(data|blob):/.test(source))).map(([name]) => name)).toEqual(['img-src']);
  expect(policy.get('img-src')).toEqual(["'self'", 'data:', 'blob:']);
});

it('the page brings no policy, script or style of its own into that', async () => {
  const html = await readFile('renderer/index.html', 'utf8');
  expect(html).not.toMatch(/http-equiv|<style|style=|\son\w+=/i);
  expect([...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text?.trim())).toEqual(['']);
});
