import type { ValueProblem } from './check-value';

/** Where naming is by prompt: what is wrong with the name that the person gives, as Frappe's `validate_name` has it; null for nothing. */
export function checkGivenName(name: string): ValueProblem | null {
  const given = name.trim();
  if (given === '') return { key: 'missing' };
  if (given.length > 140) return { key: 'tooLong', params: { max: 140, length: given.length } };
  return /[<>]/.test(given) ? { key: 'signs' } : null;
}
