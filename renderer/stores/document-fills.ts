import { isLinkField } from '@shared/erp/docfield';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { FieldValue } from '@shared/erp/document';
import { groupOf, isPartyField, partyValues } from '@shared/form/party-details';
import { reprices } from '@shared/form/reprice';
import { isTaxTemplate, taxRows } from '@shared/form/tax-template';
import { useFetches } from './document-fetches';
import { useLinks } from './document-links';
import { causeOf, useItemRows } from './document-rows';
import type { Filled, Patch } from './filled';
import { useProblems } from './problems';
import { typedCells } from './typed-cells';
import { underWay } from './under-way';

/** What choices bring to other fields, read from what is on this device. It comes a moment later and never replaces what was typed meanwhile. */
export function useFills(filled: Filled) {
  const { bundle, values, nameRow, write, writeRows, compute } = filled;
  const links = useLinks();
  const problems = useProblems();
  const cells = typedCells();
  /** `settled` resolves when nothing more comes by itself from this device: what follows from the last typing is in `values`. */
  const { follow, settled } = underWay();
  const items = useItemRows(filled, cells);
  const { fetchInto, fetchIntoRows } = useFetches(filled, cells, fill);

  const pathIn = (table: DocField, row: string, fieldname: string) => ({ table: table.fieldname, row, fieldname });

  function fill(work: () => Promise<void>): void {
    void follow(work().catch((error: unknown) => problems.report(error)));
  }

  const isDraft = (): boolean => (values.value['docstatus'] ?? 0) === 0;

  /** A field of the document was typed into, and is written. */
  function typed(field: DocField, value: FieldValue): void {
    const meta = bundle.value;
    if (meta === undefined) return;
    const since = cells.mark([{ fieldname: field.fieldname }]);
    if (isLinkField(field)) fetchInto(field, value, meta.doctype);
    if (isPartyField(field) && typeof value === 'string' && value !== '') fillParty(field, value, since);
    if (isTaxTemplate(field) && typeof value === 'string' && value !== '') fillTaxes(field, value);
    if (reprices(field.fieldname) && isDraft()) fill(() => items.follow([field.fieldname], since));
  }

  /** The document belongs to a company of another currency now: every exchange rate is another. */
  function companyChanged(): void {
    if (isDraft()) fill(() => items.follow(['currency'], cells.mark([])));
  }

  /** Cells of rows were given by the person, and are written: typed, chosen, or pasted at once. */
  function typedInRows(table: DocField, child: DocType, rows: ReadonlyMap<string, Readonly<Patch>>): void {
    const paths = [...rows].flatMap(([row, given]) => Object.keys(given).map((fieldname) => pathIn(table, row, fieldname)));
    const since = cells.mark(paths);
    fetchIntoRows(table, child, rows, since);
    const wanted = [...rows].flatMap(([row, given]) => {
      const cause = causeOf(given);
      return cause === null ? [] : [[row, { cause, since }] as const];
    });
    const hasItems = child.fields.some(({ fieldname }) => fieldname === 'item_code');
    if (wanted.length > 0 && hasItems && isDraft()) fill(() => items.fill(table, child, new Map(wanted)));
  }

  function fillParty(field: DocField, name: string, since: number): void {
    fill(async () => {
      const party = await links.read(field.options ?? '', name);
      if (party === null) return;
      const group = groupOf(party);
      const ofGroup = group === null ? null : await links.read(group.doctype, group.name);
      if (values.value[field.fieldname] !== name) return;
      const brought = partyValues(bundle.value?.doctype.fields ?? [], values.value, party, ofGroup);
      write(brought);
      if (isDraft() && Object.keys(brought).some(reprices)) await items.follow(Object.keys(brought), since);
    });
  }

  /** A template that is not here brings its rows at the server, to a document without any. */
  function fillTaxes(field: DocField, name: string): void {
    const table = bundle.value?.doctype.fields.find(({ fieldname }) => fieldname === 'taxes');
    const child = bundle.value?.children.find((each) => each.name === table?.options);
    if (table === undefined || child === undefined) return;
    fill(async () => {
      const template = await links.read(field.options ?? '', name);
      if (template === null || values.value[field.fieldname] !== name) return;
      writeRows(table, taxRows(child, template, nameRow));
      compute();
    });
  }

  return { typed, typedInRows, companyChanged, settled };
}
