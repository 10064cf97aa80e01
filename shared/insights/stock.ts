import type Big from 'big.js';
import type { DocumentValues } from '../erp/document';
import { valueOf } from '../erp/document';
import { amount } from '../erp/money';
import type { StockPreset } from './presets';

/** Quantities in `unit`: what lies there, what of it is promised, and what will be there once all that is under way is done. */
export type Quantities = { unit: string; actual: number; reserved: number; projected: number };
export type StockAt = Quantities & { place: string };

/** Places that have, promise or await something, the fullest first; and all of them together, one for each unit. */
export type Stock = { places: StockAt[]; totals: Quantities[] };

/** The stock of one document out of the documents of `preset.source` that name it. */
export function stockOf(docs: readonly DocumentValues[], preset: StockPreset): Stock {
  const totals = new Map<string, { actual: Big; reserved: Big; projected: Big }>();
  const places: StockAt[] = [];
  for (const doc of docs) {
    const quantity = (fieldname: string): Big => amount(valueOf(doc, fieldname));
    const [actual, reserved, projected] = [quantity(preset.actual), quantity(preset.reserved), quantity(preset.projected)];
    if ([actual, reserved, projected].every((each) => each.eq(0))) continue;
    const unit = String(valueOf(doc, preset.unit) ?? '');
    places.push({ place: String(valueOf(doc, preset.place) ?? ''), unit, ...inNumbers({ actual, reserved, projected }) });
    const sofar = totals.get(unit);
    totals.set(unit, {
      actual: actual.plus(sofar?.actual ?? 0),
      reserved: reserved.plus(sofar?.reserved ?? 0),
      projected: projected.plus(sofar?.projected ?? 0),
    });
  }
  places.sort((one, other) => other.actual - one.actual || (one.place < other.place ? -1 : 1));
  return { places, totals: [...totals].map(([unit, sums]) => ({ unit, ...inNumbers(sums) })) };
}

const inNumbers = ({ actual, reserved, projected }: Record<'actual' | 'reserved' | 'projected', Big>): Omit<Quantities, 'unit'> => ({
  actual: actual.toNumber(),
  reserved: reserved.toNumber(),
  projected: projected.toNumber(),
});
