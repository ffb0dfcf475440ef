import { callFlag } from './call-flags.ts';
import type { MessageCondition } from './message-test.ts';
import type { CompiledQuery } from './sql-condition.ts';

/**
 * The SQL for a condition inside messages. It reads a block of details per call, so it must be asked last: naming `f` keeps
 * SQLite from asking before the conditions on the call's facts, a subquery that depends on the row from asking before the others.
 * Other sightings of the call count, too: what one log left out another may hold.
 */
export function compileMessage(condition: MessageCondition): CompiledQuery {
  const param = JSON.stringify(condition);
  const flag = bodyFlag(condition);
  const held = (call: string): string => (flag === undefined ? '' : `(${call}.flags & ${String(flag)}) <> 0 AND `);
  return {
    where: `((${held('c')}${fits('coalesce(f.call_id, c.id)')}) OR EXISTS (
      SELECT 1 FROM call_fact s JOIN call sc ON sc.id = s.call_id WHERE s.same_as = c.id AND ${held('sc')}${fits('sc.id')}))`,
    params: [param, param],
  };
}

/** The bit of the calls that have such a body at all. */
const bodyFlag = (condition: MessageCondition): number | undefined =>
  condition.kind === 'anyHeader'
    ? undefined
    : condition.field === 'req.body'
      ? callFlag.requestBody
      : condition.field === 'res.body'
        ? callFlag.responseBody
        : undefined;

// The data of a block is handed over only when it is not kept already; the revision tells blocks of other states of the case apart.
const REVISION = "(SELECT value FROM meta WHERE key = 'revision')";
const fits = (call: string): string => `ifnull((
  SELECT message_fits(?, m.id - b.first_call_id, (SELECT format FROM source WHERE id = m.source_id), b.first_call_id, ${REVISION},
    CASE WHEN keeps_block(b.first_call_id, ${REVISION}) THEN NULL ELSE b.data END)
  FROM call m JOIN detail_block b ON b.first_call_id = (SELECT max(first_call_id) FROM detail_block WHERE first_call_id <= m.id)
  WHERE m.id = ${call} AND b.last_call_id >= m.id), 0)`;
