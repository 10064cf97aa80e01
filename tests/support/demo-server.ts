import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type * as Serve from '../../electron/demo/rest/serve';
import type * as Site from '../../electron/demo/site';

/** The demo site in this process, and its address: tests look behind what clients see. */
export type DemoServer = { site: Site.DemoSite; url: string; close(): Promise<void> };

/** The demo site's built modules, loaded into this process, since the sources are Vite's to resolve. */
export function loadDemo(): { createDemoSite: typeof Site.createDemoSite; serveDemo: typeof Serve.serveDemo } {
  const load = createRequire(resolve('package.json'));
  // Built from the modules whose types are named here.
  const { createDemoSite } = load('./out/main/demo-site.js') as typeof Site;
  const { serveDemo } = load('./out/main/demo-serve.js') as typeof Serve;
  return { createDemoSite, serveDemo };
}

/**
 * Starts a demo site over real HTTP on a free port. `wrap` stands between the network and the site: faults go there.
 */
export async function startDemoServer(
  options: Site.DemoOptions = {},
  wrap: (fetch: Serve.Fetch) => Serve.Fetch = (fetch) => fetch,
): Promise<DemoServer> {
  const { createDemoSite, serveDemo } = loadDemo();
  const site = createDemoSite(options);
  const served = await serveDemo({ fetch: wrap((request) => site.fetch(request)) });
  return { site, ...served };
}
