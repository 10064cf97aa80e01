/** One thing measured. It is over when its ratio is above its limit, or its value where there is nothing to compare with. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  /** What the value is compared with, in the same unit; null where its limit is absolute. */
  baseline: number | null;
  limit: number;
};

/** Measures, telling each figure as it comes. */
export type Bench = (tell: (figure: Figure) => void) => Promise<void>;

type Judged = Figure & { ratio: number | null; verdict: 'ok' | 'over' };

/** A value that is no number is over: what was not measured does not pass. */
function judge(figure: Figure): Judged {
  const ratio = figure.baseline === null ? null : figure.value / figure.baseline;
  return { ...figure, ratio, verdict: (ratio ?? figure.value) <= figure.limit ? 'ok' : 'over' };
}

/** Prints a line a figure, then all of them as one JSON array. Resolves to the exit code: 1 when one is over, or none was told. */
export async function report(bench: Bench, print: (line: string) => void): Promise<number> {
  const judged: Judged[] = [];
  await bench((figure) => {
    const one = judge(figure);
    judged.push(one);
    const { name, value, unit, baseline, ratio, limit, verdict } = one;
    const parts = { name, value: short(value), unit, baseline: short(baseline), ratio: short(ratio), limit: short(limit) };
    print(`${Object.entries(parts).map(([key, part]) => `${key}=${part}`).join(' ')} ${verdict}`); // prettier-ignore
  });
  print(JSON.stringify(judged));
  return judged.length > 0 && judged.every(({ verdict }) => verdict === 'ok') ? 0 : 1;
}

/** As many digits as tell something; `-` for what does not apply. */
const short = (value: number | null): string => (value === null ? '-' : String(Math.round(value * 1000) / 1000));
