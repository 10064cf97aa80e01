/** A deliberate fault in the engine: a text of one module, and what stands in its place in a test build. */
export type Defect = {
  /** In a few words, for the line that tells what became of it. */
  name: string;
  /** What goes wrong, in one sentence. */
  breaks: string;
  /** Which of the promises of `docs/sync.md` that is. */
  promise: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** The module, from the repository's root. */
  module: string;
  /** Stands exactly once in the module. */
  text: string;
  becomes: string;
  /** Met too rarely by people who act at random: this test has to fail with it instead. */
  shownBy?: `tests/unit/${string}.test.ts`;
};

/** The source with the defect in it. @throws where the text is not there exactly once: the engine moved on, the list must too. */
export function damaged(source: string, { name, module, text, becomes }: Defect): string {
  const [before, after, ...more] = source.split(text);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `“${name}”: its text stands ${source.split(text).length - 1} times in ${module}, not once. Change the catalogue with the module.`,
    );
  return before + becomes + after;
}
