import { computed, shallowRef } from 'vue';
import type { ComputedRef } from 'vue';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc, FieldValue } from '@shared/erp/document';
import { companyMoves } from '@shared/form/company-moves';
import type { DefaultSources } from '@shared/form/defaults';
import { inCompany } from '@shared/form/form-session';
import type { FormSession } from '@shared/form/form-session';
import { readDocument } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import type { Typing } from './document-typing';
import { useProblems } from './problems';
import { useWorkspace } from './session';
import { useLiveQuery } from './use-live';
import { underWay } from './under-way';

/** The record of a company by its name; without a name, of the only company there is here. Null where this device has none. */
async function companyRecord(cache: Cache, name: string | null): Promise<Doc | null> {
  if (name !== null) return (await readDocument(cache, 'Company', name))?.doc ?? null;
  const keys = await cache.documents.where('[doctype+name]').between(['Company', ''], ['Company', []]).limit(2).primaryKeys();
  const [only] = keys;
  return keys.length === 1 && only !== undefined ? ((await readDocument(cache, ...only))?.doc ?? null) : null;
}

/** The company that a document belongs to, live, and what defaults are looked up in for it. `person`: the session without a company. */
export function useCompany(person: ComputedRef<FormSession>) {
  const { cache } = useWorkspace();
  /** What the document itself says; until it is there, and where it says nothing, the person's default counts. */
  const own = shallowRef<string | null>(null);
  const name = computed(() => own.value ?? person.value.defaults['company'] ?? null);
  const record = useLiveQuery<Doc | null>(() => companyRecord(cache, name.value), { initial: null });

  const sourcesIn = (named: string | null, company: Doc | null): DefaultSources => ({
    session: inCompany(person.value, named, company),
    company,
  });
  const defaults = computed(() => sourcesIn(name.value, record.value.value));
  const follow = (company: unknown): void => void (own.value = typeof company === 'string' && company !== '' ? company : null);
  /** The defaults of another company. */
  const defaultsOf = async (company: string): Promise<DefaultSources> => sourcesIn(company, await companyRecord(cache, company));

  return { defaults, loaded: record.loaded, follow, defaultsOf };
}

/** Another company that is chosen brings its currency and cost centre where those of the former one stand. */
export function useCompanyMoves(company: ReturnType<typeof useCompany>, typing: Typing, bundle: ComputedRef<DocTypeBundle | undefined>) {
  const problems = useProblems();
  /** `settled` resolves when what the last choice brings is there. */
  const { follow, settled } = underWay();

  /** `before`: the defaults until now. */
  function chosen(named: FieldValue, before: DefaultSources): void {
    if (typeof named !== 'string' || named === '') return;
    void follow(move(named, before).catch((error: unknown) => problems.report(error)));
  }

  async function move(named: string, before: DefaultSources): Promise<void> {
    const after = await company.defaultsOf(named);
    const meta = bundle.value;
    if (meta === undefined || typing.values.value['company'] !== named) return;
    for (const { path, value } of companyMoves(meta, typing.values.value, before, after)) {
      const table = 'table' in path ? meta.doctype.fields.find((field) => field.fieldname === path.table) : undefined;
      if (!('table' in path)) typing.set(path.fieldname, value);
      else if (table !== undefined) typing.setCell(table, path.row, path.fieldname, value);
    }
  }

  return { chosen, settled };
}
