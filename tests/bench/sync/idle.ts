import { commonDocTypes } from '../../../renderer/cache/profile';
import type { Bench } from '../report';
import { countedDevice } from '../../support/counted-device';

const hour = 60 * 60_000;
const longestPause = 6 * 60_000;

/** What it costs to find out that nothing changed: at once, and over an hour. */
export const idle: Bench = async (tell) => {
  const { server, device } = await countedDevice({ scale: 100, profile: [...commonDocTypes] });
  await device.engine.start();
  await device.settle();
  server.reset();
  device.engine.handle({ kind: 'wake' });
  await device.settle();
  tell({ name: 'idle-requests', value: server.seen.length / commonDocTypes.length, unit: 'requests/DocType', baseline: null, limit: 1 });

  const linked = (await device.cache.documents.orderBy('[doctype+name]').toArray()).map(({ doctype }) => doctype);
  const outside = [...new Set(linked)].filter((doctype) => !commonDocTypes.includes(doctype));
  server.reset();
  await device.pass(hour + longestPause);
  device.engine.stop();
  if (server.about(...outside).length === 0) throw new Error('the linked masters were not compared');
  // Rounds are one to five minutes apart when nothing changes, and names are compared once.
  tell({
    name: 'idle-hour-requests',
    value: server.about(...commonDocTypes).length / commonDocTypes.length,
    unit: 'requests/DocType',
    baseline: null,
    limit: 20,
  });
  tell({
    name: 'idle-hour-linked',
    value: server.about(...outside).length / outside.length,
    unit: 'requests/DocType',
    baseline: null,
    limit: 1,
  });
};
