import { bridge } from '@shared/bridge';
import type { Services } from '@shared/bridge';
import { AppError } from '@shared/errors';

type Method = (params: never, context: { signal: AbortSignal }) => Promise<unknown>;

/** Services of which only some methods answer, for tests of the bridge alone; the others refuse. */
export function fakeServices(methods: Record<string, Method>): Services<AbortSignal> {
  const services = Object.entries(bridge).map(([service, contract]) => [
    service,
    Object.fromEntries(Object.keys(contract).map((name) => [name, methods[`${service}.${name}`] ?? refuse])),
  ]);
  // Built from the contract's own keys; a test gives the methods that it calls the types of the contract.
  return Object.fromEntries(services) as Services<AbortSignal>;
}

const refuse: Method = () => Promise.reject(new AppError('unsupported', 'This test does not serve that method.'));
