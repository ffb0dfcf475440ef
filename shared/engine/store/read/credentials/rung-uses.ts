import type { Ladder, Rung, RungAnswer, RungUse, RungUses } from '../../../../contract/credentials.ts';
import { claimSeconds } from '../../../../model/claims.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { printQuery } from '../../../../query/print.ts';
import type { FieldName } from '../../../../query/fields.ts';
import type { SqlDriver } from '../../driver.ts';
import type { AudienceMap } from './audiences.ts';
import { callersOf, callsAnswering, listShown, type Shown } from './ladder.ts';
import { CLOCK_TOLERANCE } from './stale.ts';

/** Uses listed; the rest is counted. */
const LISTED = 200;

const is = (field: FieldName, value: string): string => printQuery({ kind: 'match', field, values: [[value]] });
// Dates of tokens may have a fraction, which a time of ours has no letters for.
const timeText = (micros: number): string => printTime(epochMicros(Math.round(micros)));

/** Times outside a token's own dates; `undefined` where it does not say when it ends, which is never fresh. */
function outside({ claims }: Shown): string | undefined {
  const [from, until] = [claimSeconds(claims ?? {}, 'nbf'), claimSeconds(claims ?? {}, 'exp')];
  if (until === undefined) return undefined;
  const after = `time > ${timeText(until * 1e6 + CLOCK_TOLERANCE)}`;
  return from === undefined ? `(${after})` : `(${after} or time < ${timeText(from * 1e6 - CLOCK_TOLERANCE)})`;
}

/** Finds the calls of a use that give an answer; only whether a token is fresh depends on the time of the call. */
function queryOf(shown: Shown, rung: Rung, answer: RungAnswer): string {
  const use = `${is('credential', shown.id)} and ${shown.host === undefined ? '-host:*' : is('host', shown.host)}`;
  const stale = rung === 'fresh' && shown.stale > 0 ? outside(shown) : undefined;
  if (stale === undefined) return use;
  return `${use} and ${answer === 'no' ? '' : '-'}${stale}`;
}

/** The uses of credentials behind a number of a ladder, those with most calls first. Cost: reads the uses, not the calls. */
export function listRungUses(
  db: SqlDriver,
  of: Ladder['callers'] | { readonly credential: string },
  rung: Rung,
  answer: RungAnswer,
  audiences: AudienceMap,
): RungUses {
  const credential =
    typeof of === 'string'
      ? undefined
      : (db.prepare('SELECT credential_id AS id FROM credential_use WHERE key = ?').get<{ id: number }>(of.credential)?.id ?? 0);
  const all = listShown(db, credential).flatMap((shown): readonly RungUse[] => {
    if (typeof of === 'string' && callersOf(shown.holder) !== of) return [];
    const calls = callsAnswering(shown, rung, answer, audiences);
    if (calls === 0) return [];
    const { id, host } = shown;
    return [{ credential: id, ...(host === undefined ? {} : { host }), calls, query: queryOf(shown, rung, answer) }];
  });
  const uses = all.toSorted((a, b) => b.calls - a.calls || (a.credential < b.credential ? -1 : 1)).slice(0, LISTED);
  return { uses, omitted: all.length - uses.length };
}
