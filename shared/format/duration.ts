import type { DocField } from '../erp/docfield';

/** A unit of a span: its letter, as Frappe writes it, and how many seconds it has. */
export type DurationUnit = { letter: 'd' | 'h' | 'm' | 's'; seconds: number };

const units: readonly DurationUnit[] = [
  { letter: 'd', seconds: 86_400 },
  { letter: 'h', seconds: 3600 },
  { letter: 'm', seconds: 60 },
  { letter: 's', seconds: 1 },
];

/** What a field counts its spans in: without days where it hides them, and without seconds. */
export const durationUnits = (field: Pick<DocField, 'hide_days' | 'hide_seconds'>): readonly DurationUnit[] =>
  units.filter(({ letter }) => !(letter === 'd' && field.hide_days === 1) && !(letter === 's' && field.hide_seconds === 1));

/** Seconds as Frappe writes a span: `1d 2h 5m`. A field without days counts hours on: `26h 5m`. */
export function formatDuration(seconds: number, field: Pick<DocField, 'hide_days' | 'hide_seconds'> = {}): string {
  const counted = durationUnits(field);
  let left = Math.max(0, Math.trunc(seconds));
  const words = counted.flatMap((unit) => {
    const count = Math.floor(left / unit.seconds);
    left %= unit.seconds;
    return count === 0 ? [] : [`${count}${unit.letter}`];
  });
  return words.length === 0 ? `0${counted.at(-1)?.letter ?? 's'}` : words.join(' ');
}
