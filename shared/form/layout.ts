import type { DocField } from '../erp/docfield';

export type FormColumn = { fieldname: string; label: string | null; fields: DocField[] };
export type FormSection = { field: DocField | null; key: string; label: string | null; columns: FormColumn[] };
export type FormTab = { field: DocField | null; key: string; label: string | null; sections: FormSection[] };

/**
 * The form as ERPNext lays it out: a flat list of fields becomes tabs of sections of columns.
 * Fields before the first break get a tab, section and column of their own (`field: null`); what holds nothing is left out.
 */
export function formLayout(fields: readonly DocField[]): FormTab[] {
  const tabs: FormTab[] = [];
  let tab: FormTab | undefined;
  let section: FormSection | undefined;
  let column: FormColumn | undefined;

  const openTab = (field: DocField | null): FormTab => {
    tab = { field, key: field?.fieldname ?? '__first', label: field?.label ?? null, sections: [] };
    tabs.push(tab);
    section = undefined;
    column = undefined;
    return tab;
  };
  const openSection = (field: DocField | null): FormSection => {
    const into = tab ?? openTab(null);
    section = { field, key: field?.fieldname ?? `${into.key}:first`, label: field?.label ?? null, columns: [] };
    into.sections.push(section);
    column = undefined;
    return section;
  };
  const openColumn = (field: DocField | null): FormColumn => {
    const into = section ?? openSection(null);
    column = { fieldname: field?.fieldname ?? `${into.key}:column`, label: field?.label ?? null, fields: [] };
    into.columns.push(column);
    return column;
  };

  for (const field of fields) {
    if (field.fieldtype === 'Tab Break') openTab(field);
    else if (field.fieldtype === 'Section Break') openSection(field);
    else if (field.fieldtype === 'Column Break') openColumn(field);
    else if (field.fieldtype !== 'Fold') (column ?? openColumn(null)).fields.push(field);
  }
  return tabs.map(withoutEmpty).filter((each) => each.sections.length > 0);
}

function withoutEmpty(tab: FormTab): FormTab {
  const sections = tab.sections
    .map((section) => ({ ...section, columns: section.columns.filter((column) => column.fields.length > 0) }))
    .filter((section) => section.columns.length > 0);
  return { ...tab, sections };
}

/** Where a field stands, so that a problem can be jumped to: its tab and section, or null where the form has no such field. */
export function placeOf(tabs: readonly FormTab[], fieldname: string): { tab: string; section: string } | null {
  for (const tab of tabs)
    for (const section of tab.sections)
      for (const column of section.columns)
        if (column.fields.some((field) => field.fieldname === fieldname)) return { tab: tab.key, section: section.key };
  return null;
}
