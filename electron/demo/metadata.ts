import { holdsValue, isTableField, type DocField } from '@shared/erp/docfield';
import type { DocPerm, DocType, Workflow } from '@shared/erp/doctype';
import { expressions } from './metadata/expressions';
import erpnextText from './metadata/erpnext.json?raw';
import { ownDoctypes } from './metadata/own';

/** A DocType with what the engine asks of it often already worked out. */
export type Meta = DocType & {
  byName: Map<string, DocField>;
  /** Fields that hold a value and have a column: neither layout nor tables. */
  columns: DocField[];
  tables: DocField[];
  /** Link fields from which other fields are fetched: the server does not check that their target exists. */
  fetching: Map<string, { source: string; field: DocField }[]>;
};

export type Metadata = {
  get(doctype: string): Meta | undefined;
  all(): Iterable<Meta>;
  /** DocTypes whose documents hold rows of this child DocType, with the table fields. */
  parentsOf(child: string): { meta: Meta; field: DocField }[];
  addField(doctype: string, field: DocField, after?: string): void;
  dropField(doctype: string, fieldname: string): void;
  addPermission(doctype: string, permission: DocPerm): void;
  setWorkflow(doctype: string, workflow: Workflow | undefined): void;
};

function complete(doctype: DocType): Meta {
  const fields = doctype.fields;
  const fetching: Meta['fetching'] = new Map();
  for (const field of fields) {
    const [link, source] = (field.fetch_from ?? '').split('.');
    if (link && source) fetching.set(link, [...(fetching.get(link) ?? []), { source, field }]);
  }
  return {
    ...doctype,
    byName: new Map(fields.map((field) => [field.fieldname, field])),
    columns: fields.filter((field) => holdsValue(field) && !isTableField(field) && !field.is_virtual),
    tables: fields.filter(isTableField),
    fetching,
  };
}

/** The DocTypes of a site of its own: a change to one (a custom field, a permission) is not seen by another site. */
export function createMetadata(): Metadata {
  // The file is generated from DocType structures and holds nothing else.
  const generated = JSON.parse(erpnextText) as DocType[];
  const metas = new Map<string, Meta>();
  for (const doctype of [...generated, ...ownDoctypes]) {
    const fields = doctype.fields.map((field) => ({ ...field, ...expressions[doctype.name]?.[field.fieldname] }));
    metas.set(doctype.name, complete({ ...doctype, fields }));
  }
  const change = (doctype: string, how: (meta: Meta) => Partial<DocType>): void => {
    const meta = metas.get(doctype);
    if (meta !== undefined) metas.set(doctype, complete({ ...meta, ...how(meta) }));
  };
  return {
    get: (doctype) => metas.get(doctype),
    all: () => metas.values(),
    parentsOf(child) {
      const parents: { meta: Meta; field: DocField }[] = [];
      for (const meta of metas.values()) for (const field of meta.tables) if (field.options === child) parents.push({ meta, field });
      return parents;
    },
    addField(doctype, field, after) {
      change(doctype, ({ fields }) => {
        const others = fields.filter(({ fieldname }) => fieldname !== field.fieldname);
        const at = others.findIndex(({ fieldname }) => fieldname === after);
        const index = at < 0 ? others.length : at + 1;
        return { fields: [...others.slice(0, index), field, ...others.slice(index)] };
      });
    },
    dropField: (doctype, fieldname) =>
      change(doctype, ({ fields }) => ({ fields: fields.filter((field) => field.fieldname !== fieldname) })),
    addPermission: (doctype, permission) =>
      change(doctype, ({ permissions }) => ({
        permissions: [
          ...permissions.filter(({ role, permlevel }) => role !== permission.role || (permlevel ?? 0) !== (permission.permlevel ?? 0)),
          permission,
        ],
      })),
    setWorkflow(doctype, workflow) {
      const { workflow: _, ...rest } = metas.get(doctype) ?? {};
      if ('name' in rest) metas.set(doctype, workflow === undefined ? rest : { ...rest, workflow });
    },
  };
}
