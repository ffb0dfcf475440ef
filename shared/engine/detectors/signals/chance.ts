import { CALLER_DAY, type Chance } from '../../../model/chance.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';

const DAY = 86_400_000_000;
/** Figures of a chance that mean anything. */
const FIGURES = 3;

const short = (chance: number): number => Number(chance.toPrecision(FIGURES));

interface Row {
  readonly start: number;
  readonly p: number;
  readonly q: number;
  readonly data: string;
}

/** The rarest day of the callers within a window, from the signals pass; nothing where all are usual. Units: µs. */
export function chanceOf(
  db: SqlDriver,
  principals: readonly number[],
  [from, to]: readonly [number, number],
): { readonly chance?: Chance } {
  const select = db.prepare(
    'SELECT start, p, q, data FROM signal WHERE kind = ? AND principal_id = ? AND start > ? AND start <= ? ORDER BY p, start LIMIT 1',
  );
  const rows = principals.flatMap((id) => select.get<Row>(CALLER_DAY, id, from - DAY, to) ?? []);
  if (rows.length === 0) return {};
  const row = rows.reduce((least, next) => (next.p < least.p ? next : least));
  // Written by the signals pass.
  const { rarest, rarestP, peers } = JSON.parse(row.data) as Pick<Chance, 'rarest' | 'rarestP' | 'peers'>;
  return { chance: { p: short(row.p), q: short(row.q), day: printTime(epochMicros(row.start)), peers, rarest, rarestP: short(rarestP) } };
}
