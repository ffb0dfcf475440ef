import type { SqlDriver } from '../../../store/driver.ts';

/** Steps between two calls that are walked up; longer ways are circles of a broken trace. */
const MAX_STEPS = 64;

/**
 * Notes in `temp.outer_span` of each call whose parent is a span that is no call (a handler, a step of an agent) the span of the call in which that one
 * lies, whose clock then need not tell.
 * Cost: a look into an index for each call that names a parent; nothing where all spans are calls.
 */
export function findOuterSpans(db: SqlDriver): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.outer_span;
    CREATE TEMP TABLE outer_span (call_id INTEGER PRIMARY KEY, span_id TEXT NOT NULL)`);
  if (db.prepare('SELECT 1 FROM inner_span LIMIT 1').get() === undefined) return;
  db.exec(`
    INSERT OR IGNORE INTO outer_span
    WITH RECURSIVE above (call_id, trace_id, span_id, steps) AS (
      SELECT c.id, c.trace_id, i.parent_span_id, 1
        FROM call c JOIN inner_span i ON i.trace_id = c.trace_id AND i.span_id = c.parent_span_id
       UNION
      SELECT a.call_id, a.trace_id, i.parent_span_id, a.steps + 1
        FROM above a JOIN inner_span i ON i.trace_id = a.trace_id AND i.span_id = a.span_id WHERE a.steps < ${String(MAX_STEPS)})
    SELECT call_id, span_id FROM above a
     WHERE span_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM inner_span i WHERE i.trace_id = a.trace_id AND i.span_id = a.span_id)`);
}
