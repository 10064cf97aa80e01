import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ListQuestion } from '../cache/documents';
import { isIndexed } from '../cache/list';
import { indexedNeighbours, noNeighbours } from '../cache/neighbours';
import type { Neighbours } from '../cache/neighbours';
import { useWorkspace } from './session';

/** The list that a document was opened from: its page leads on to the next one. */
export const useListTrail = defineStore('list-trail', () => {
  const question = shallowRef<ListQuestion | null>(null);

  const follow = (list: ListQuestion): void => {
    question.value = list;
  };

  /** Of the last list, where it was of this DocType. `stamp`: another one whenever its documents changed. */
  async function neighbours(doctype: string, name: string, stamp: number): Promise<Neighbours> {
    const list = question.value;
    if (list?.doctype !== doctype) return noNeighbours;
    const { cache, search } = useWorkspace();
    return isIndexed(list) ? indexedNeighbours(cache, list, name) : search.neighbours({ question: list, name, stamp });
  }

  return { question, follow, neighbours };
});
