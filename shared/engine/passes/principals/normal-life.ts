/** One hour. Units: µs. */
const HOUR = 3_600_000_000;
/** A program must have been at work for this long to be a caller's own; of shorter evidence nobody knows what is normal. Units: µs. */
const MIN_LIFE = 3 * HOUR;
/** … and with so many calls. */
const MIN_CALLS = 20;
/** A burst is over within this share of that time. */
const BURST_SHARE = 0.1;
/** Networks remembered of one program: one that comes from more is at home nowhere. */
const MAX_NETWORKS = 50;

/** When, from where and how often one program called for a caller. Units: µs. */
export interface ProgramLife {
  calls: number;
  first: number | undefined;
  last: number | undefined;
  readonly networks: Set<string>;
}

/** A caller's User-Agents without the bursts from elsewhere. */
export interface NormalLife {
  readonly userAgents: ReadonlyMap<string, number>;
  readonly calls: number;
  /** Calls that were left out. */
  readonly leftOut: number;
}

/** Starts with nothing seen. */
export const startLife = (): ProgramLife => ({ calls: 0, first: undefined, last: undefined, networks: new Set() });

/** Adds calls of one program from one network. Units: µs. */
export function addToLife(life: ProgramLife, calls: number, span: readonly [number | null, number | null], network: string): void {
  const [first, last] = span;
  life.calls += calls;
  if (first !== null) life.first = Math.min(life.first ?? Infinity, first);
  if (last !== null) life.last = Math.max(life.last ?? -Infinity, last);
  if (life.networks.size < MAX_NETWORKS) life.networks.add(network);
}

const lengthOf = ({ first, last }: ProgramLife): number => (last ?? 0) - (first ?? 0);

/**
 * What a caller's programs say of it when short visits of others are left out: a program that came later than the caller's own, from networks
 * where that one never was, and was gone within a tenth of its life. A thief who calls more often in ten minutes than the owner in a day
 * would else decide what the owner is. Undefined when there is nothing to leave out.
 * Example: a job calls 200 times over a day; for ten minutes a browser elsewhere calls 340 times with its key. What is left is the job.
 */
export function findNormalLife(programs: ReadonlyMap<string, ProgramLife>): NormalLife | undefined {
  const own = [...programs.values()].filter(({ calls }) => calls >= MIN_CALLS).sort((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (own === undefined || lengthOf(own) < MIN_LIFE || own.networks.has('none') || own.networks.size >= MAX_NETWORKS) return undefined;
  const isBurst = (life: ProgramLife): boolean =>
    life.first !== undefined &&
    life.first > (own.first ?? Infinity) &&
    lengthOf(life) <= BURST_SHARE * lengthOf(own) &&
    [...life.networks].every((network) => network !== 'none' && !own.networks.has(network));
  const usual = [...programs].filter(([, life]) => !isBurst(life));
  const calls = usual.reduce((sum, [, life]) => sum + life.calls, 0);
  const leftOut = [...programs.values()].reduce((sum, life) => sum + life.calls, 0) - calls;
  return leftOut === 0 ? undefined : { userAgents: new Map(usual.map(([agent, life]) => [agent, life.calls])), calls, leftOut };
}
