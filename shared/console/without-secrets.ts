import { isRecord } from '../erp/envelope';

const secretKey = /pass(word|wd|phrase|code)|secret|token|^pwd$|_pwd$|api_?key|private_?key|authorization|credential|^otp$|^pin$|^sid$/i;

/** Whether a value was left out: whoever uses what was kept has to type it again. */
export type Kept<T> = { value: T; left: boolean };

/**
 * Arguments as they may be kept: values under a key that sounds like a secret are emptied, at any depth, in JSON that is sent as
 * text too, and where a method is told the field in one argument and its value in another.
 */
export function withoutSecrets(args: Record<string, unknown>): Kept<Record<string, unknown>> {
  const found = { left: false };
  return { value: emptied(args, found), left: found.left };
}

function emptied(record: Record<string, unknown>, found: { left: boolean }): Record<string, unknown> {
  const named = [record['fieldname'], record['field'], record['key']].some((name) => typeof name === 'string' && secretKey.test(name));
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const hide = secretKey.test(key) || (named && key === 'value');
      if (!hide || value === null || value === '') return [key, within(value, found)];
      found.left = true;
      return [key, ''];
    }),
  );
}

function within(value: unknown, found: { left: boolean }): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => within(one, found));
  if (isRecord(value)) return emptied(value, found);
  return typeof value === 'string' && /^\s*[[{]/.test(value) ? withinText(value, found) : value;
}

function withinText(text: string, found: { left: boolean }): string {
  try {
    const own = { left: false };
    const value = within(JSON.parse(text), own);
    if (!own.left) return text;
    found.left = true;
    return JSON.stringify(value);
  } catch {
    return text;
  }
}
