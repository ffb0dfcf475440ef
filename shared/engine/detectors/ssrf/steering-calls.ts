import type { SqlDriver } from '../../store/driver.ts';
import { innerReader } from './outer-calls.ts';
import type { Led } from './led-fetches.ts';

/** A thing is made shortly before it is first used: else it is another one. Units: µs. */
const MADE_BEFORE = 3_600_000_000;
/** Calls on one thing that are told: a webhook of a partner has a handful. */
const MAX_CALLS = 2_000;

interface Door {
  readonly path: string | null;
  readonly template: string | null;
}

/** The path up to the last segment that names one thing. Example: `/v2/webhooks/wh_1/test` of `/v2/webhooks/{id}/test` gives `/v2/webhooks/wh_1`. */
function thingOf({ path, template }: Door): string | undefined {
  if (path === null || template === null) return undefined;
  const [segments, names] = [path.split('/'), template.split('/')];
  const last = names.findLastIndex((name) => name.startsWith('{'));
  return last < 1 || segments.length !== names.length ? undefined : segments.slice(0, last + 1).join('/');
}

/**
 * What the caller did with the thing by which it steered the fetches, such as the webhook whose address it set: made it, changed it, tried it, took it away.
 * With them come the calls that were made for them. Shape: row ids, in no order.
 */
export function steeringCalls(db: SqlDriver, { caller, fetches }: Led): readonly number[] {
  const door = db.prepare('SELECT c.path, e.template FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ?');
  const on = db.prepare(
    `SELECT c.id, c.time FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL
       AND (c.path = ? OR substr(c.path, 1, ?) = ?) ORDER BY c.time LIMIT ${String(MAX_CALLS)}`,
  );
  const made = db.prepare(
    `SELECT c.id FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term m ON m.id = c.method_id WHERE f.principal_id = ? AND f.same_as IS NULL
       AND m.value IN ('POST', 'PUT') AND c.path = ? AND c.status BETWEEN 200 AND 299 AND c.time BETWEEN ? AND ? ORDER BY c.time DESC, c.record DESC LIMIT 1`,
  );
  const innerOf = innerReader(db);
  const things = new Set(
    fetches.flatMap(({ outer }) =>
      outer.flatMap(({ id, principal }) => {
        const row = principal === caller ? door.get<Door>(id) : undefined;
        return row === undefined ? [] : (thingOf(row) ?? []);
      }),
    ),
  );
  const calls = [...things].flatMap((thing) => {
    const own = on.all<{ id: number; time: number }>(caller, thing, thing.length + 1, `${thing}/`);
    const first = own[0]?.time ?? 0;
    const maker = made.get<{ id: number }>(caller, thing.slice(0, thing.lastIndexOf('/')), first - MADE_BEFORE, first);
    return [...(maker === undefined ? [] : [maker.id]), ...own.map(({ id }) => id)];
  });
  return [...new Set(calls.flatMap((id) => [id, ...innerOf(id)]))];
} // prettier-ignore
