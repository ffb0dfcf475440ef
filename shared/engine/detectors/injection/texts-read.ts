import { isModelPath } from '../../../model/model-path.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import { MAY_BE_GIVEN_SQL } from '../../store/call-answer.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import type { DetectorTools } from '../detector.ts';
import { byTime, pageCalls, type CallRow } from '../rows/page-calls.ts';
import { HOSTILE, hostileSigns, hostility, type HostileSign } from './hostile-text.ts';

/** Answers that are read in all; those to agents first. */
export const MAX_ANSWERS = 20_000;
/** Strings of one answer that are looked at. */
const MAX_STRINGS = 2_000;
/** Shorter strings give no orders. Units: characters. */
const LEAST_TEXT = 24;
/** Fewer words without a sign are a field, not somebody who writes. */
const PLAIN_WORDS = 8;
/** An answer that gives orders, or may be taken for one, and who read it. */
export interface Read {
  /** The call that stands for all sightings of it, on the common clock. */
  readonly call: CallRow;
  /** Its time as its source wrote it. Units: µs. */
  readonly stamped: number;
  readonly pointer: string;
  readonly text: string;
  readonly signs: readonly HostileSign[];
}

/** A sum of money, as a request for a payment writes it. */
export const SUM = /(?<![\d.,])\d{1,7}[.,]\d{2}(?![\d.,]*\d)/;

/** A text with less than an order, which counts only where it was obeyed to the letter: a sum, with a sign or in plain words. */
export const isWeak = ({ signs }: Pick<Read, 'signs'>): boolean => hostility(signs) < HOSTILE;

/** Words and a sum, and no sign that they speak to a program: every complaint about a bill. */
export const isPlain = ({ signs }: Pick<Read, 'signs'>): boolean => signs.length === 0;

/** Of texts, those that give orders first: of the others only so many are followed. */
export const byHostility = (a: Read, b: Read): number => Math.min(HOSTILE, hostility(b.signs)) - Math.min(HOSTILE, hostility(a.signs));

type Answered = Omit<Read, 'call' | 'stamped'>;

/** The most hostile string of an answer. */
function readAnswer(body: string): Answered | undefined {
  let best: Answered | undefined;
  const look = (pointer: string, text: string): void => {
    if (text.length < LEAST_TEXT) return;
    const signs = hostileSigns(text);
    const counts = !isWeak({ signs }) || (SUM.test(text) && (!isPlain({ signs }) || text.split(/\s+/, PLAIN_WORDS).length >= PLAIN_WORDS));
    if (counts && hostility(signs) > (best === undefined ? -1 : hostility(best.signs))) best = { pointer, text, signs };
  };
  let seen = 0;
  scanJson(body, ({ pointer, kind, text }) => {
    seen += 1;
    if (kind === 'string') look(pointer, text);
    return seen < MAX_STRINGS;
  });
  if (seen === 0) look('$', body);
  return best;
}

/** Answers whose text was read; a tool of a trace has no path, and one over pipes answers without a status, and so does a capture that lost it. What was refused was not read. */
export async function findReads(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly Read[]> {
  const rows = db
    .prepare(
      `SELECT c.id AS recorded, ifnull(f.same_as, c.id) AS standing FROM call c JOIN call_fact f ON f.call_id = c.id
         JOIN call_fact sf ON sf.call_id = ifnull(f.same_as, c.id) LEFT JOIN principal p ON p.id = sf.principal_id
       WHERE c.flags & ? <> 0 AND (c.path IS NOT NULL OR c.tool_id IS NOT NULL) AND ${MAY_BE_GIVEN_SQL} ORDER BY ifnull(p.kind = 'agent', 0) DESC, c.id LIMIT ?`,
    )
    .all<{ readonly recorded: number; readonly standing: number }>(callFlag.responseBody, MAX_ANSWERS);
  const clock = readCommonClock(db);
  const reads = new Map<number, Read>();
  for (const [index, { recorded, standing }] of rows.entries()) {
    if (index % 50 === 0) await breathe();
    const body = tools.detail(recorded).responseBody?.text;
    const found = body === undefined ? undefined : readAnswer(body);
    if (found === undefined) continue;
    const [call] = [...pageCalls(db, 'c.id = ?', standing)].flat();
    if (call !== undefined && !isModelPath(call.path))
      reads.set(standing, { ...found, call: { ...call, time: clock(call.source, call.time) }, stamped: call.time });
  }
  return [...reads.values()].sort((a, b) => byTime(a.call, b.call));
}
