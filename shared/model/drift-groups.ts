import type { BaselineDrift } from './baseline-drift.ts';

/** Differences of one sort, as a person counts them: `+` and `one` make `+1 host`. */
interface DriftSort {
  /** `new-host`, `gone-agent`, `more`: stands in links. */
  readonly id: string;
  readonly sign: '+' | '−' | '';
  readonly one: string;
  readonly many: string;
}

export interface DriftGroup extends DriftSort {
  readonly rows: readonly BaselineDrift[];
}

const sortOf = (id: string, sign: DriftSort['sign'], one: string, many = `${one}s`): DriftSort => ({ id, sign, one, many });

/** What surprises most comes first: where data can go, what can be done, who does it. */
const SORTS: readonly DriftSort[] = [
  sortOf('new-host', '+', 'host'),
  sortOf('new-endpoint', '+', 'endpoint'),
  sortOf('new-pair', '+', 'endpoint new to its principal', 'endpoints new to their principals'),
  sortOf('new-agent', '+', 'agent'),
  sortOf('new-service', '+', 'service'),
  sortOf('new-principal', '+', 'principal of no known kind', 'principals of no known kind'),
  sortOf('new-human', '+', 'person', 'people'),
  sortOf('more', '', 'called more often', 'called more often'),
  sortOf('gone-agent', '−', 'agent'),
  sortOf('gone-service', '−', 'service'),
  sortOf('gone-host', '−', 'host'),
  sortOf('gone-endpoint', '−', 'endpoint'),
  sortOf('gone-pair', '−', 'endpoint that its principal left', 'endpoints that their principals left'),
  sortOf('gone-principal', '−', 'principal of no known kind', 'principals of no known kind'),
  sortOf('gone-human', '−', 'person', 'people'),
  sortOf('less', '', 'called less often', 'called less often'),
];

const KNOWN_KINDS = new Set(['agent', 'service', 'human']);

/** The id of the sort that a difference is of. What is called more or less often is one sort each, whatever it is. */
function driftSortOf({ what, change, kind = '' }: BaselineDrift): string {
  if (change === 'more' || change === 'less') return change;
  return `${change}-${what !== 'principal' ? what : KNOWN_KINDS.has(kind) ? kind : 'principal'}`;
}

/** How many times as often a thing is called, the larger way round; 1 where no rates are known. */
const factorOf = ({ before, after }: BaselineDrift): number =>
  before === undefined || after === undefined || before === 0 || after === 0 ? 1 : Math.max(after / before, before / after);

/** Differences by their sort, most surprising first; within a sort, rates that changed most come first. A sort without a row is left out. */
export const groupDrift = (drift: readonly BaselineDrift[]): readonly DriftGroup[] =>
  SORTS.flatMap((sort): readonly DriftGroup[] => {
    const rows = drift.filter((row) => driftSortOf(row) === sort.id).sort((a, b) => factorOf(b) - factorOf(a));
    return rows.length === 0 ? [] : [{ ...sort, rows }];
  });
