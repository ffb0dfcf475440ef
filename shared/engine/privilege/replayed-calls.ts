import type { ReplayCalls } from '../../contract/privilege.ts';
import type { SqlDriver } from '../store/driver.ts';
import { callReader } from '../store/read/calls/calls.ts';
import { readCaseFacts } from './case-facts.ts';
import { controls } from './controls/index.ts';
import { prepareSubject } from './prepare.ts';
import { eachVerdict, sideOf, type ReplaySide } from './replay.ts';

/** Which calls of a replay are wanted. */
export interface ReplayQuestion {
  readonly principal: string;
  readonly control: string;
  readonly side: ReplaySide;
  readonly verdict: 'block' | 'unknown' | 'all';
  readonly count: number;
}

/**
 * The calls behind a number of the control table, by playing the principal's calls once more; `undefined` when there is no such principal or control.
 * Cost: one walk over the calls of the principal.
 */
export async function replayedCalls(
  db: SqlDriver,
  { principal, control, side, verdict, count }: ReplayQuestion,
  breathe: () => Promise<void>,
): Promise<ReplayCalls | undefined> {
  const known = db
    .prepare('SELECT p.id FROM principal p JOIN privilege v ON v.principal_id = p.id WHERE p.key = ?')
    .get<{ id: number }>(principal);
  const chosen = controls.find(({ id }) => id === control);
  if (known === undefined || chosen === undefined) return undefined;
  const input = await prepareSubject(db, known.id, readCaseFacts(db), breathe);
  const prepared = chosen.prepare(input);
  if (prepared === undefined) return undefined;
  const ids: number[] = [];
  let total = 0;
  await eachVerdict(input, prepared, breathe, (index, found) => {
    if (sideOf(input.phases.of[index], input.phases.holdOut) !== side || (verdict !== 'all' && verdict !== found)) return;
    total += 1;
    if (ids.length < count) ids.push(input.calls.id[index] ?? 0);
  });
  return { rows: callReader(db).byIds(ids), total };
}
