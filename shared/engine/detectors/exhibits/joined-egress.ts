import type { FindingDraft } from '../detector.ts';
import { EGRESS_FACTS, LEDGER_TITLE } from './egress.ts';

type Observed = FindingDraft['observed'];

const isEgress = (name: string): boolean => EGRESS_FACTS.some((fact) => fact === name);
const taken = ({ observed }: FindingDraft): number => (typeof observed['bytesTaken'] === 'number' ? observed['bytesTaken'] : -1);

/**
 * Of findings that become one, the one by which most bytes left, the first of equals: its ledger and its numbers stand for all of them, since parts
 * share calls and so cannot be added up. `undefined` where none says how much left.
 */
export function largestEgress(drafts: readonly FindingDraft[]): FindingDraft | undefined {
  return drafts.reduce<FindingDraft | undefined>(
    (most, draft) => (taken(draft) > (most === undefined ? -1 : taken(most)) ? draft : most),
    undefined,
  );
}

/** What a finding says left by it, and nothing else of its facts. */
export const egressOf = ({ observed }: FindingDraft): Observed =>
  Object.fromEntries(Object.entries(observed).filter(([name]) => isEgress(name)));

/** The facts and exhibits of a finding besides what left by it. */
export const withoutEgress = ({ observed, exhibits }: FindingDraft): Pick<FindingDraft, 'observed' | 'exhibits'> => ({
  observed: Object.fromEntries(Object.entries(observed).filter(([name]) => !isEgress(name))),
  ...(exhibits === undefined ? {} : { exhibits: exhibits.filter(({ title }) => !title.startsWith(LEDGER_TITLE)) }),
});
