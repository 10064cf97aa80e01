import { callingCodes } from './calling-codes';
import type { CallingCode } from './calling-codes';

/** A number as a field of the type Phone is filled in: the code of its country without the plus, and what is dialled there. */
export type PhoneParts = { code: string; number: string };

const longest = 4;
const known: ReadonlySet<string> = new Set(callingCodes.map(({ code }) => code));

/** The parts of a value, as the desk stores it (`+49-1512345`) or as people write it (`+49 151 2345`); null for any other text. */
export function phoneParts(value: string): PhoneParts | null {
  const digits = /^\s*\+([\d][\d\s().\-/]*)$/.exec(value)?.[1];
  if (digits === undefined) return null;
  const [own = '', number] = digits.split(/-(.*)/s);
  if (number !== undefined && known.has(own)) return { code: own, number: number.trim() };
  for (let length = longest; length > 0; length -= 1) {
    const code = digits.slice(0, length);
    if (known.has(code))
      return {
        code,
        number: digits
          .slice(length)
          .replace(/^[\s\-]+/, '')
          .trim(),
      };
  }
  return null;
}

/**
 * The value for what was typed beside a country (null: none is chosen): Frappe's `+49-1512345`. A number that begins with a
 * plus tells its country itself; without a country it stays as it was typed.
 */
export function phoneValue(code: string | null, typed: string): string {
  if (typed.trim() === '') return '';
  if (typed.trim().startsWith('+')) {
    const parts = phoneParts(typed);
    return parts === null || parts.number === '' ? typed : `+${parts.code}-${parts.number}`;
  }
  return code === null ? typed : `+${code}-${typed}`;
}

/** The country to show for a code: the one that was chosen, where it has this code, else the first that has. */
export function countryOf(code: string, chosen: string | null): string | null {
  const having: CallingCode[] = callingCodes.filter((each) => each.code === code);
  return (having.find(({ country }) => country === chosen) ?? having[0])?.country ?? null;
}
