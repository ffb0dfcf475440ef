import type { QueryNode } from '../../../query/ast.ts';
import { compileQuery, isSlowQuery } from '../../store/query-sql.ts';
import { compileSigma } from '../../store/sigma-sql.ts';
import type { CompiledQuery } from '../../store/sql-condition.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { SigmaNode } from '../../../sigma/rule.ts';

/** Calls between two marks on the time line: what one statement looks at that unpacks messages. */
const STEP = 2_000;
/** Steps of one statement that reads columns alone: longer ones would keep other work waiting. */
const MANY = 10;
/** Calls that one rule may fit; it is stopped there, the earliest kept. What fits more describes the traffic, not an attack. */
export const MAX_MATCHES = 100_000;
/** Looks at calls that all rules of a case have together, so that no set of rules makes an analysis endless; the rules after it are not run. */
export const MAX_LOOKS = 100_000_000;

/** Numbers the rules whose matches are kept while a run lasts. */
export interface Matches {
  /** `undefined`: the looks are used up, the rule was not run. */
  readonly add: (node: SigmaNode) => Promise<number | undefined>;
  /** The same for a query of the analyst. */
  readonly addQuery: (ast: QueryNode) => Promise<number | undefined>;
  /** True for a rule that was stopped at `MAX_MATCHES`. */
  readonly isStopped: (rule: number) => boolean;
  readonly close: () => void;
}

interface Mark {
  readonly time: number;
  readonly id: number;
}

/** Every `STEP`th call in the order of time; the last call at the end. Cost: one walk along the index of times. */
async function readMarks(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Mark[]> {
  const next = db.prepare('SELECT time, id FROM call WHERE (time, id) > (?, ?) ORDER BY time, id LIMIT 1 OFFSET ?');
  const last = db.prepare('SELECT time, id FROM call WHERE time IS NOT NULL ORDER BY time DESC, id DESC LIMIT 1').get<Mark>();
  if (last === undefined) return [];
  const marks: Mark[] = [{ time: Number.MIN_SAFE_INTEGER, id: 0 }];
  for (let at = marks[0]; at !== undefined;) {
    at = next.get<Mark>(at.time, at.id, STEP - 1);
    if (at !== undefined) marks.push(at);
    await breathe();
  }
  marks.push(last);
  return marks;
}

const unpacks = (node: SigmaNode): boolean =>
  node.kind === 'test' ? node.place.kind === 'message' : node.kind === 'not' ? unpacks(node.item) : node.items.some(unpacks);

/**
 * Finds the calls that fit rules and keeps them in a table in memory, by a number for each rule, so that correlations can join them.
 * Other sightings of the same call never match. Calls are looked at in the order of time, those without a time last, so that a rule that is
 * stopped keeps the same ones wherever the case was made. Cost: one look at every call for each rule, in steps.
 */
export async function openMatches(db: SqlDriver, breathe: () => Promise<void>, most = { matches: MAX_MATCHES, looks: MAX_LOOKS }): Promise<Matches> {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS sigma_match (rule INTEGER NOT NULL, call_id INTEGER NOT NULL, PRIMARY KEY (rule, call_id)) WITHOUT ROWID; DELETE FROM temp.sigma_match');
  const calls = db.prepare('SELECT count(*) AS calls FROM call').get<{ calls: number }>()?.calls ?? 0;
  await breathe();
  const lastUntimed = db.prepare('SELECT max(id) AS last FROM call WHERE time IS NULL').get<{ last: number | null }>()?.last ?? 0;
  const marks = await readMarks(db, breathe);
  const stopped = new Set<number>();
  let [rules, looks] = [0, 0];
  const match = async ({ where, params }: CompiledQuery, isSlow: boolean): Promise<number | undefined> => {
    if (looks + calls > most.looks) return undefined;
    looks += calls;
    rules += 1;
    const insert = (range: string): ReturnType<SqlDriver['prepare']> =>
      db.prepare(`INSERT INTO temp.sigma_match (rule, call_id) SELECT ${String(rules)}, c.id FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
        WHERE ${range} AND f.same_as IS NULL AND ${where} ORDER BY c.time, c.id LIMIT ?`);
    const [timed, untimed] = [insert('(c.time, c.id) > (?, ?) AND (c.time, c.id) <= (?, ?)'), insert('c.time IS NULL AND c.id > ? AND c.id <= ?')];
    const many = isSlow ? 1 : MANY;
    let left = most.matches;
    const take = async (statement: typeof timed, range: readonly number[]): Promise<void> => {
      left -= statement.run(...range, ...params, left).changes;
      await breathe();
    };
    for (let at = 0; at < marks.length - 1 && left > 0; at += many) {
      const [from, to] = [marks[at], marks[Math.min(at + many, marks.length - 1)]];
      if (from !== undefined && to !== undefined) await take(timed, [from.time, from.id, to.time, to.id]);
    }
    for (let from = 0; from < lastUntimed && left > 0; from += STEP * many) await take(untimed, [from, from + STEP * many]);
    if (left === 0) stopped.add(rules);
    return rules;
  };
  return {
    add: (node) => match(compileSigma(node), unpacks(node)),
    addQuery: (ast) => match(compileQuery(ast), isSlowQuery(ast)),
    isStopped: (rule) => stopped.has(rule),
    close: () => {
      db.exec('DROP TABLE IF EXISTS temp.sigma_match');
    },
  };
} // prettier-ignore
