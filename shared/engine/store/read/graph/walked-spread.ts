import { FAILED_SQL } from '../../call-answer.ts';
import type { Spread } from '../../../../contract/graph.ts';
import type { EdgeKind } from '../../../../contract/report-json.ts';
import type { CallFilter } from '../calls/calls.ts';
import type { SqlDriver } from '../../driver.ts';
import { LINK_KINDS } from './case-links.ts';
import { earliest, reachTally, toSpread, type LinkInto } from './spread-steps.ts';
import { WALKED_FROM, walkSlices, type WalkControl } from './walk-calls.ts';

/** How a call was reached. */
const [NOT, FITS, LED_TO] = [0, 1, 2];

/** Walks over the case: the calls that fit, their links, all that was reached. */
const WALKS = 3;

/** How a call was reached, by row id; row ids are nearly dense. */
type ReachedBy = Uint8Array;

interface SeedRow {
  readonly id: number;
  readonly time: number | null;
  readonly credential: number | null;
}

/** One of several walks that are told as one: each takes its share of the whole, and one that begins again tells nothing until it is further. */
function walkOf({ breathe, progress }: WalkControl, index: number, calls: number): WalkControl {
  let furthest = 0;
  return {
    breathe,
    progress: (done, total) => {
      furthest = Math.max(furthest, done / Math.max(1, total));
      progress(Math.round(((index + furthest) / WALKS) * calls), calls);
    },
  };
}

/**
 * Marks what marked calls led to, by any proof but order. Links are written in the order of their effects, and causes mostly come before
 * them, so one walk over the links nearly always finds all; another follows as long as the last one found any.
 */
async function followLinks(db: SqlDriver, reachedBy: ReachedBy, control: WalkControl): Promise<number> {
  const links = db.prepare(
    `SELECT e.from_call AS cause, e.to_call AS effect FROM edge e LEFT JOIN call_fact f ON f.call_id = e.to_call
     WHERE e.id BETWEEN ? AND ? AND e.kind <> 'adjacent' AND f.same_as IS NULL ORDER BY e.id`,
  );
  let followed = 0;
  for (let found = -1; found !== followed;) {
    found = followed;
    const mark = (from: number, to: number): boolean => {
      for (const { cause, effect } of links.all<{ cause: number; effect: number }>(from, to)) {
        if (reachedBy[cause] === NOT || reachedBy[effect] !== NOT) continue;
        reachedBy[effect] = LED_TO;
        followed += 1;
      }
      return true;
    };
    await walkSlices(db, 'edge', mark, control);
  }
  return followed;
}

/** Gives the strongest link from a reached call into another. */
function linkReader(db: SqlDriver, reachedBy: ReachedBy): (id: number) => LinkInto | undefined {
  const select = db.prepare(`SELECT from_call AS "from", kind, confidence FROM edge WHERE to_call = ? AND kind <> 'adjacent' ORDER BY id`);
  const strength = (kind: EdgeKind): number => LINK_KINDS.findIndex((each) => each === kind);
  return (id) => {
    let best: LinkInto | undefined;
    for (const link of select.iterate<LinkInto>(id)) {
      if (reachedBy[link.from] === NOT) continue;
      if (best === undefined || strength(link.kind) < strength(best.kind)) best = link;
    }
    return best;
  };
}

/**
 * How far the calls of a filter reached, as `graphSpread` says it, read from the case in slices: for a case of any size.
 * Cost: two walks over the calls and one or two over the links; 1 byte a call is kept.
 */
export async function walkedSpread(db: SqlDriver, filter: CallFilter, most: number, control: WalkControl): Promise<Spread> {
  const calls = db.prepare('SELECT coalesce(max(id), 0) AS last FROM call').get<{ last: number }>()?.last ?? 0;
  const reachedBy: ReachedBy = new Uint8Array(calls + 1);
  const firstCredential = earliest();
  let seeds = 0;
  const fitting = db.prepare(
    `SELECT c.id AS id, c.time AS time, c.credential_id AS credential ${WALKED_FROM} WHERE c.id BETWEEN ? AND ? AND (${filter.where}) ORDER BY c.id`,
  );
  const seed = (from: number, to: number): boolean => {
    for (const { id, time, credential } of fitting.all<SeedRow>(from, to, ...filter.params)) {
      reachedBy[id] = FITS;
      seeds += 1;
      if (credential !== null) firstCredential.look({ id, time: time ?? NaN });
    }
    return true;
  };
  await walkSlices(db, 'call', seed, walkOf(control, 0, calls));
  const followed = await followLinks(db, reachedBy, walkOf(control, 1, calls));

  const reached = reachTally();
  const rows = db.prepare(
    `SELECT c.id, c.host_id AS host, c.time, ${FAILED_SQL} AS failed FROM call c NOT INDEXED WHERE c.id BETWEEN ? AND ? ORDER BY c.id`,
  );
  const count = (from: number, to: number): boolean => {
    if (reachedBy.subarray(from, to + 1).every((how) => how === NOT)) return true;
    for (const row of rows.iterate<{ id: number; host: number | null; time: number | null; failed: 0 | 1 }>(from, to))
      if (reachedBy[row.id] !== NOT) reached.add({ id: row.id, time: row.time ?? NaN }, row.host ?? 0, row.failed === 1);
    return true;
  };
  await walkSlices(db, 'call', count, walkOf(control, 2, calls));
  return toSpread(db, { seeds, followed, reached, firstCredential: firstCredential.found(), linkInto: linkReader(db, reachedBy) }, most);
}
