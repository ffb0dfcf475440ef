import type { SideCalls } from '../../../../contract/two-sides.ts';
import { joinNodes, type QueryNode } from '../../../../query/ast.ts';
import { printQuery } from '../../../../query/print.ts';

/** Runs of records that one query names; the parser takes 512 conditions. */
const MAX_RUNS = 120;

/** What names a call in a query. */
export interface NamedRecord {
  readonly source: string;
  readonly record: number;
}

/** Records in rising order as runs of neighbours: `1 2 3 7` is `1–3, 7`. */
function runsOf(records: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: (readonly [number, number])[] = [];
  for (const record of [...new Set(records)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === record - 1) runs[runs.length - 1] = [last[0], record];
    else runs.push([record, record]);
  }
  return runs;
}

const toNode = ([first, last]: readonly [number, number]): QueryNode =>
  first === last
    ? { kind: 'compare', field: 'record', op: '=', value: first }
    : joinNodes('and', [
        { kind: 'compare', field: 'record', op: '>=', value: first },
        { kind: 'compare', field: 'record', op: '<=', value: last },
      ]);

/** A query for exactly these calls, by source and record; of very scattered ones the first, and then `shown` says how many. */
export function namedCalls(calls: readonly NamedRecord[]): SideCalls {
  let room = MAX_RUNS;
  let shown = 0;
  const sources: QueryNode[] = [];
  for (const source of [...new Set(calls.map((call) => call.source))]) {
    const runs = runsOf(calls.filter((call) => call.source === source).map(({ record }) => record)).slice(0, room);
    if (runs.length === 0) continue;
    room -= runs.length;
    shown += runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    sources.push(joinNodes('and', [{ kind: 'match', field: 'source', values: [[source]] }, joinNodes('or', runs.map(toNode))]));
  }
  const query = sources.length === 0 ? '' : printQuery(joinNodes('or', sources));
  return { calls: calls.length, query, ...(shown < calls.length ? { shown } : {}) };
}
