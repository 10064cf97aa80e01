import { NothingToDo, some } from './scene';
import type { Scene } from './scene';

/** A document is opened, and read again. */
export async function open(scene: Scene): Promise<void> {
  const row = await some(scene, ['Customer', 'Sales Order'], () => true);
  if (row.origin === 'local') throw new NothingToDo();
  scene.device.engine.handle({ kind: 'refresh', doctype: row.doctype, name: row.name });
}

export const syncNow = async ({ device }: Scene): Promise<void> => device.engine.handle({ kind: 'sync-now' });
