import { fold } from '../cache/search-text';

/** What a company is by law tells no two of them apart, in the languages of the countries that ERPNext is used in most. */
const legalForms: ReadonlySet<string> = new Set(
  (
    'ab ag aps as asa bv bvba co corp corporation company cv doo eg ek ev eurl gbr gesmbh ggmbh gmbh inc incorporated kft kg kgaa ' +
    'limited llc llp lp ltd ltda mbh nv ohg oy oyj plc private pvt pte pty sa sarl sas sasu se sl slu snc spa spol srl sro ug und and'
  ).split(' '),
);

/** Letters that are written in one way or another, and are no letter with an accent. */
const spellings: [RegExp, string][] = [
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
  // ü is folded to u, and written ue where there is no ü.
  [/(?<=[aou])e/g, ''],
];

const spelled = (word: string): string => spellings.reduce((text, [written, meant]) => text.replace(written, meant), word);

/**
 * The words that a name is known by: without case, accents and punctuation, umlauts alike however they are written; of a
 * company without its legal form at the end, unless it is called nothing else.
 */
export function nameWords(name: string, kind: 'company' | 'other'): string[] {
  // G.m.b.H. and S.A. are one word each, and so is L'Oréal.
  const joined = fold(name)
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.\s?(?=\p{L}(?![\p{L}\p{N}]))/gu, '$1')
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
  const words = joined.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = kind === 'company' ? words.slice(0, words.findLastIndex((word) => !legalForms.has(word)) + 1) : words;
  return (telling.length === 0 ? words : telling).map(spelled);
}
