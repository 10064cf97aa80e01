import { fileURLToPath } from 'node:url';
import { capture, tool } from './run.mjs';

const projects = ['shared', 'electron', 'electron/tsconfig.preload.json', 'renderer', 'tests'];

/** Type-checks every project, two at a time; resolves to one exit code and all that was found. */
export async function typecheckProjects() {
  const waiting = [...projects];
  const found = [];
  const work = async () => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      const { code, output } = await capture(process.execPath, [tool(compilerOf(project)), '--noEmit', '-p', project]);
      found.push({ code, output: code === 0 ? '' : `${project}:\n${output}` });
    }
  };
  await Promise.all([work(), work()]);
  return { code: Math.max(...found.map(({ code }) => code)), output: found.map(({ output }) => output).join('') };
}

/** Projects that reach Vue components need its compiler. */
const compilerOf = (project) => (['renderer', 'tests'].includes(project) ? 'vue-tsc/bin/vue-tsc.js' : 'typescript/bin/tsc');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, output } = await typecheckProjects();
  console.log(output);
  process.exit(code);
}
