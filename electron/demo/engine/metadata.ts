import { holdsValue, isTableField, type DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import { expressions } from '../metadata/expressions';
import erpnextText from '../metadata/erpnext.json?raw';
import { ownDoctypes } from '../metadata/own';

/** A DocType with what the engine asks of it often already worked out. */
export type Meta = DocType & {
  byName: Map<string, DocField>;
  /** Fields that hold a value and have a column: neither layout nor tables. */
  columns: DocField[];
  tables: DocField[];
  /** By Link field what is fetched through it: the server does not check that the target of such a Link exists. */
  fetching: Map<string, { source: string; field: DocField }[]>;
};

function complete(doctype: DocType): Meta {
  const { fields } = doctype;
  const fetching: Meta['fetching'] = new Map();
  for (const field of fields) {
    const [link = '', source] = (field.fetch_from ?? '').split('.');
    if (source) fetching.set(link, [...(fetching.get(link) ?? []), { source, field }]);
  }
  const columns = fields.filter((field) => holdsValue(field) && !isTableField(field) && !field.is_virtual);
  return {
    ...doctype,
    byName: new Map(fields.map((field) => [field.fieldname, field])),
    columns,
    tables: fields.filter(isTableField),
    fetching,
  };
}

export type Metadata = ReturnType<typeof createMetadata>;

/** The DocTypes of a site of its own: a change to one (a custom field, a permission) is not seen by another site. */
export function createMetadata() {
  // The file is generated from DocType structures and holds nothing else.
  const doctypes = [...(JSON.parse(erpnextText) as DocType[]), ...ownDoctypes];
  const metas = new Map(
    doctypes.map((doctype) => {
      const fields = doctype.fields.map((field) => ({ ...field, ...expressions[doctype.name]?.[field.fieldname] }));
      return [doctype.name, complete({ ...doctype, fields })];
    }),
  );
  return {
    get: (doctype: string): Meta | undefined => metas.get(doctype),
    all: (): Meta[] => [...metas.values()],
    change(doctype: string, how: (meta: Meta) => DocType): void {
      const meta = metas.get(doctype);
      if (meta !== undefined) metas.set(doctype, complete(how(meta)));
    },
  };
}
