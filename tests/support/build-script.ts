import { join } from 'node:path';
import { build } from 'vite';
import type { LibraryFormats } from 'vite';

/** One script made of the app's own modules, for a page or a worker. `entry`: from the top of the repository. */
export async function buildScript(
  entry: string,
  options: { format: LibraryFormats; name: string; target: string; minify: boolean; alias?: Record<string, string> },
): Promise<string> {
  const { format, name, target, minify, alias } = options;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(process.cwd(), 'shared'), ...alias } },
    build: { write: false, target, minify, lib: { entry: join(process.cwd(), entry), formats: [format], name, fileName: name } },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error(`${entry} was not built.`);
  return output.output[0].code;
}
