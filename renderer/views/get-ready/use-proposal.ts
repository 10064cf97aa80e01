import { computed, shallowRef } from 'vue';
import type { FilesOffline } from '@shared/files/files-offline';
import { profileChanges, withGiven } from '@shared/profile/profile-changes';
import type { TakingMode } from '@shared/profile/profile-changes';
import type { ProfileEntry } from '@shared/sync/profile';
import { useProfileCheck } from '../../stores/profile-check';
import type { EntryCheck } from '../../stores/profile-check';

/** A profile that could be taken. `company`: it is followed from then on. */
export type Proposal = {
  title: string;
  entries: readonly ProfileEntry[];
  files: FilesOffline | null;
  mode: TakingMode;
  company: boolean;
  take: (entries: readonly ProfileEntry[], mode: TakingMode) => Promise<void>;
};

export type LeftOut = { doctype: string; why: Exclude<EntryCheck, { kind: 'counted' } | { kind: 'unasked' }> };

/** One profile at a time that a person looks at before it is taken: what it would change, and what the site says to it. */
export function useProposal(now: () => readonly ProfileEntry[]) {
  const { check } = useProfileCheck();
  const proposal = shallowRef<Proposal | null>(null);
  const checks = shallowRef<ReadonlyMap<string, EntryCheck>>(new Map());

  /** One after another, so as not to be a burden; what was shown meanwhile is another's. */
  async function propose(made: Proposal): Promise<void> {
    proposal.value = made;
    checks.value = new Map();
    for (const entry of made.entries) {
      const answer = await check(entry);
      if (proposal.value?.entries !== made.entries) return;
      checks.value = new Map([...checks.value, [entry.doctype, answer]]);
    }
  }

  const leftOut = computed((): LeftOut[] =>
    [...checks.value].flatMap(([doctype, why]) => (why.kind === 'counted' || why.kind === 'unasked' ? [] : [{ doctype, why }])),
  );
  const taken = computed((): ProfileEntry[] => {
    const out = new Set(leftOut.value.map(({ doctype }) => doctype));
    return (proposal.value?.entries ?? []).filter(({ doctype }) => !out.has(doctype));
  });
  const changes = computed(() => profileChanges(now(), withGiven(now(), taken.value, proposal.value?.mode ?? 'replace')));
  const documents = computed(() =>
    [...checks.value.values()].reduce((sum, answer) => sum + (answer.kind === 'counted' ? answer.count : 0), 0),
  );

  function choose(mode: TakingMode): void {
    if (proposal.value !== null) proposal.value = { ...proposal.value, mode };
  }

  function drop(): void {
    proposal.value = null;
  }

  async function take(): Promise<void> {
    const made = proposal.value;
    if (made === null) return;
    await made.take(taken.value, made.mode);
    drop();
  }

  return {
    proposal,
    checks,
    leftOut,
    changes,
    documents,
    asking: computed(() => proposal.value !== null && checks.value.size < proposal.value.entries.length),
    unasked: computed(() => [...checks.value.values()].some(({ kind }) => kind === 'unasked')),
    propose,
    choose,
    drop,
    take,
  };
}
