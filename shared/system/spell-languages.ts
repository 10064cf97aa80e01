/** More would find hardly a wrong word any more: each word that one of them knows is right. */
const mostLanguages = 3;

/** The languages to check in: those wanted, most wanted first, as far as there is a dictionary for them or for the language alone. */
export function spellLanguages(wanted: readonly string[], available: readonly string[]): string[] {
  const found = wanted.flatMap((language) => {
    const same = (one: string): boolean => one.toLowerCase() === language.toLowerCase();
    const base = language.split('-')[0] ?? language;
    const exact = available.find(same);
    if (exact !== undefined) return [exact];
    const near =
      available.find((one) => one.toLowerCase() === base.toLowerCase()) ??
      available.find((one) => one.toLowerCase().startsWith(`${base.toLowerCase()}-`));
    return near === undefined ? [] : [near];
  });
  return [...new Set(found)].slice(0, mostLanguages);
}
