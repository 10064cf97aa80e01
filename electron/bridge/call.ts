import type { z } from 'zod';
import { bridge, type Services } from '@shared/bridge';
import { AppError } from '@shared/errors';

type AnyMethod = (params: unknown, context: { signal: AbortSignal }) => Promise<unknown>;
type Found = { params: z.ZodType; run: AnyMethod };

/** `service.method` of the contract, or nothing: only own keys, so that `constructor` names no method. */
function find(services: Services<AbortSignal>, method: string): Found | null {
  const [service, name, ...rest] = method.split('.');
  if (service === undefined || name === undefined || rest.length > 0) return null;
  if (!Object.hasOwn(bridge, service)) return null;
  // `service` is an own key of the contract, and the services have the contract's keys.
  const contract = bridge[service as keyof typeof bridge] as Record<string, { params: z.ZodType }>;
  const methods = services[service as keyof typeof bridge] as unknown as Record<string, AnyMethod>;
  const schema = Object.hasOwn(contract, name) ? contract[name] : undefined;
  const run = methods[name];
  return schema === undefined || run === undefined ? null : { params: schema.params, run: run.bind(methods) };
}

/** Where parameters do not fit, without their values: they may be secrets. */
function misfits(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'parameters'} (${issue.code})`)
    .join(', ');
}

/** One call of the bridge: found, its parameters parsed, run. Rejects with an `AppError` and nothing else. */
export async function call(services: Services<AbortSignal>, method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
  const found = find(services, method);
  if (found === null) throw new AppError('bad-parameters', 'The app has no such call.');
  const parsed = found.params.safeParse(params);
  if (!parsed.success) throw new AppError('bad-parameters', `The call ${method} does not fit: ${misfits(parsed.error)}.`);
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
  try {
    return await found.run(parsed.data, { signal });
  } catch (thrown) {
    throw AppError.from(thrown);
  }
}
