import type { DocField } from '../erp/docfield';
import type { DocumentValues } from '../erp/document';
import { formLayout } from './layout';
import type { FormColumn, FormSection } from './layout';
import { holdsPrint, isPrintable } from './print-value';

/** A section on paper: fields in one or two columns, and below them what takes the whole width. */
export type PrintSection = { key: string; label: string | null; columns: DocField[][]; wide: DocField[] };

/** Does the form show it to this person now: permlevel, `hidden`, `depends_on`? Asked of breaks as well. */
export type IsShown = (field: DocField) => boolean;

const wideTypes: ReadonlySet<string> = new Set(['Table', 'Text Editor', 'HTML Editor', 'HTML', 'Code', 'JSON', 'Markdown Editor']);

/**
 * A document for paper: the sections of its form, tabs one after the other, without what is empty, hidden from the person or
 * marked `print_hide`. A form's third column goes below its first, as paper has room for two.
 */
export function printLayout(fields: readonly DocField[], values: DocumentValues, isShown: IsShown): PrintSection[] {
  const printed = (field: DocField): boolean => isPrintable(field) && isShown(field) && holdsPrint(field, values);
  const pictures = new Set(
    fields.filter((field) => field.fieldtype === 'Attach Image' && printed(field)).map(({ fieldname }) => fieldname),
  );
  // An Image shows what another field names: it is on the paper once.
  const isDouble = (field: DocField): boolean => field.fieldtype === 'Image' && pictures.has(field.options ?? '');

  return formLayout(fields)
    .filter(({ field }) => field === null || isShown(field))
    .flatMap(({ sections }) => sections)
    .filter(({ field }) => field === null || isShown(field))
    .map((section) => onPaper(section, (field) => printed(field) && !isDouble(field)))
    .filter(({ columns, wide }) => columns.length + wide.length > 0);
}

function onPaper(section: FormSection, isPrinted: IsShown): PrintSection {
  const kept = section.columns.map((column) => withoutBareHeadings(printedOf(column, isPrinted)));
  const narrow = kept.map((fields) => fields.filter(({ fieldtype }) => !wideTypes.has(fieldtype)));
  const [left, right] = [0, 1].map((side) =>
    narrow
      .filter((fields) => fields.length > 0)
      .filter((_, at) => at % 2 === side)
      .flat(),
  );
  return {
    key: section.key,
    label: section.label,
    columns: [left ?? [], right ?? []].filter((fields) => fields.length > 0),
    wide: kept.flat().filter(({ fieldtype }) => wideTypes.has(fieldtype)),
  };
}

const printedOf = ({ fields }: FormColumn, isPrinted: IsShown): DocField[] => fields.filter(isPrinted);

/** A heading over nothing is left out. */
const withoutBareHeadings = (fields: DocField[]): DocField[] =>
  fields.filter((field, at) => field.fieldtype !== 'Heading' || (fields[at + 1] !== undefined && fields[at + 1]?.fieldtype !== 'Heading'));
