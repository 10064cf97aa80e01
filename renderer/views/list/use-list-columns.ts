import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import { chosenFieldnames, columnOf, listableFields, standardColumns, titleFieldOf } from './list-columns';
import type { ListColumn } from './list-columns';

export type ListColumns = {
  /** Everything that may be shown, filtered and sorted by, with labels. */
  fields: ComputedRef<DocField[]>;
  title: ComputedRef<DocField>;
  columns: ComputedRef<ListColumn[]>;
};

/** The columns of a list, from its metadata and what the person chose. */
export function useListColumns(doctype: ComputedRef<DocType | undefined>, chosen: ComputedRef<readonly string[] | null>): ListColumns {
  const { t } = useI18n();

  const fields = computed((): DocField[] => {
    const standard = standardColumns.map(({ fieldname, fieldtype, key }) => ({ fieldname, fieldtype, label: t(`list.${key}`) }));
    const own = doctype.value ? listableFields(doctype.value) : [];
    return [...standard, ...own.map((field) => ({ ...field, label: field.label ?? field.fieldname }))];
  });
  const byName = computed(() => new Map(fields.value.map((field) => [field.fieldname, field])));

  const title = computed((): DocField => {
    const fieldname = doctype.value ? titleFieldOf(doctype.value) : 'name';
    return byName.value.get(fieldname) ?? { fieldname, fieldtype: 'Data', label: t('list.id') };
  });

  const columns = computed((): ListColumn[] => {
    if (!doctype.value) return [];
    return chosenFieldnames(doctype.value, chosen.value).flatMap((fieldname) => {
      const field = byName.value.get(fieldname);
      return field ? [columnOf(field)] : [];
    });
  });

  return { fields, title, columns };
}
