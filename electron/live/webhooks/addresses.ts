import { networkInterfaces } from 'node:os';
import type { NetworkAddress } from '@shared/bridge/webhooks';

/** The addresses of this device, its own loopback first; those of a single link are left out, since a URL cannot name them. */
export function networkAddresses(interfaces = networkInterfaces()): NetworkAddress[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? []).map(({ address, internal }) => ({ address, name, loopback: internal })),
  );
  const usable = found.filter(({ address }) => !address.toLowerCase().startsWith('fe80:'));
  const loopback = { address: '127.0.0.1', name: 'lo', loopback: true };
  const all = usable.some(({ address }) => address === loopback.address) ? usable : [loopback, ...usable];
  return all.sort((left, right) => Number(right.loopback) - Number(left.loopback) || left.address.length - right.address.length);
}
