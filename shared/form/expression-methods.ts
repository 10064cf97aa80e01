import type { Evaluated } from './expression';
import { isQuick, loopsOf } from './safe-pattern';

const maxSubject = 10_000;
const maxPattern = 200;

type Arguments = readonly unknown[] | ((item: unknown) => unknown);

/** A regular expression as `expression.ts` hands it on. */
const isPattern = (value: unknown): value is { pattern: string; flags: string } =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'pattern') && Object.hasOwn(value, 'flags');

const known = (value: unknown): Evaluated => ({ known: true, value });
const unknown = (reason: string): Evaluated => ({ known: false, reason });

/** The methods of texts, lists and regular expressions that metadata may call. */
export function callMethod(object: unknown, name: string, args: Arguments): Evaluated {
  if (Array.isArray(object)) return ofList(object, name, args);
  if (typeof args === 'function') return unknown(`unknown method ${name}`);
  if (typeof object === 'string') return ofText(object, name, args);
  if (isPattern(object) && name === 'test') return test(object, args[0]);
  return unknown(`unknown method ${name}`);
}

function ofList(items: readonly unknown[], name: string, args: Arguments): Evaluated {
  if (typeof args === 'function') {
    switch (name) {
      case 'some':
        return known(items.some((item) => Boolean(args(item))));
      case 'every':
        return known(items.every((item) => Boolean(args(item))));
      case 'filter':
        return known(items.filter((item) => Boolean(args(item))));
      case 'find':
        return known(items.find((item) => Boolean(args(item))));
      case 'map':
        return known(items.map((item) => args(item)));
      default:
        return unknown(`unknown method ${name}`);
    }
  }
  switch (name) {
    case 'includes':
      return known(items.includes(args[0]));
    case 'indexOf':
      return known(items.indexOf(args[0]));
    case 'join':
      return known(items.map((item) => (typeof item === 'object' ? '' : String(item))).join(String(args[0] ?? ',')));
    default:
      return unknown(`unknown method ${name}`);
  }
}

function ofText(text: string, name: string, [first]: readonly unknown[]): Evaluated {
  const part = String(first ?? '');
  switch (name) {
    case 'includes':
      return known(text.includes(part));
    case 'indexOf':
      return known(text.indexOf(part));
    case 'startsWith':
      return known(text.startsWith(part));
    case 'endsWith':
      return known(text.endsWith(part));
    case 'toLowerCase':
      return known(text.toLowerCase());
    case 'toUpperCase':
      return known(text.toUpperCase());
    case 'trim':
      return known(text.trim());
    case 'split':
      return known(text.split(part));
    case 'match':
      return isPattern(first) ? test(first, text) : unknown('match without a regular expression');
    default:
      return unknown(`unknown method ${name}`);
  }
}

function test({ pattern, flags }: { pattern: string; flags: string }, subject: unknown): Evaluated {
  const text = typeof subject === 'string' || typeof subject === 'number' ? String(subject) : '';
  if (pattern.length > maxPattern || loopsOf(pattern) === null) return unknown('a regular expression that may not end');
  if (text.length > maxSubject || !isQuick(pattern, text.length)) return unknown('a text too long for a regular expression');
  if (!/^[imsu]*$/.test(flags)) return unknown(`regular expression flags ${flags}`);
  return known(new RegExp(pattern, flags).test(text));
}
