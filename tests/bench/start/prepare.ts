import { build } from '../../../scripts/build.mjs';
import { findElectronForTests } from '../../../scripts/find-electron-for-tests.mjs';

/** Finds an Electron, builds the app for it, and says both to what launches it. */
export async function prepareElectron(): Promise<void> {
  const { electron, reason } = await findElectronForTests();
  if (electron === null) throw new Error(`Nothing could be measured: ${reason ?? 'there is no Electron'}`);
  if (!(await build(electron.old ? 'electron22' : 'production'))) throw new Error('There is no build to measure.');
  process.env['FIELDBOOK_TEST_ELECTRON'] = electron.path;
  process.env['FIELDBOOK_TEST_BUILD'] = electron.old ? 'out-electron22' : '.';
}
