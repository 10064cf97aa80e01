import { useLocalStorage } from '@vueuse/core';
import type { RemovableRef } from '@vueuse/core';
import { z } from 'zod';
import { filterOperators } from '@shared/erp/filters';
import { timespans } from '@shared/erp/timespan';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const condition = [z.string(), z.enum(filterOperators), z.union([value, z.array(value)])] as const;
const period = [z.string(), z.literal('timespan'), z.enum(timespans)] as const;
/** Of the document itself, or of the rows of the child DocType before it. */
const filter = z.union([z.tuple(condition), z.tuple(period), z.tuple([z.string(), ...condition]), z.tuple([z.string(), ...period])]);

const schema = z.object({
  /** Fieldnames in order; null: as the metadata says. */
  columns: z.array(z.string()).nullable().default(null),
  sort: z
    .object({ fieldname: z.string(), order: z.enum(['asc', 'desc']) })
    .nullable()
    .default(null),
  /** A tree DocType is shown as a tree. */
  tree: z.boolean().default(true),
  filters: z.array(filter).default([]),
  saved: z.array(z.object({ name: z.string(), filters: z.array(filter) })).default([]),
});

export type ListPreferences = z.infer<typeof schema>;

const empty = (): ListPreferences => schema.parse({});

/** How a person last looked at a list on this device; what cannot be read any more is as if it were new. */
export function useListPreferences(accountId: string, doctype: string): RemovableRef<ListPreferences> {
  return useLocalStorage<ListPreferences>(`fieldbook.list.${accountId}.${doctype}`, empty(), {
    serializer: {
      read: (text) => {
        const parsed = schema.safeParse(parseJson(text));
        return parsed.success ? parsed.data : empty();
      },
      write: (preferences) => JSON.stringify(preferences),
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
