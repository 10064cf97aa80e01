import { createDemoSite } from '../../electron/demo/site';
import type { DemoSite } from '../../electron/demo/site';
import { CountedServer } from './counted-server';
import { Device } from './device';
import { VirtualTime } from './virtual-time';

export type CountedDevice = { site: DemoSite; server: CountedServer; device: Device };

/** A device in front of a demo site whose requests are counted where they arrive. `answerMs`: how long an answer takes by its clock. */
export async function countedDevice(options: { scale: number; profile: string[]; answerMs?: number }): Promise<CountedDevice> {
  const time = new VirtualTime();
  const site = createDemoSite({ scale: options.scale, now: time.now, seed: 7 });
  const server = new CountedServer(async (request) => {
    if (options.answerMs !== undefined) await time.sleep(options.answerMs);
    return site.fetch(request);
  });
  const device = new Device({ site, time, profile: options.profile, fetch: server.fetch });
  await device.useProfile();
  return { site, server, device };
}
