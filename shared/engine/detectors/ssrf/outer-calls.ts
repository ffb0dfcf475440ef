import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';

/** Hops that are followed: a gateway, a mesh, a few services, and redirects one after another. */
const MAX_HOPS = 8;
/** Calls looked at on the way: a fan-out of thousands says no more about who asked. */
const MAX_FOUND = 200;

/** A call on the way. */
export interface Outer {
  readonly id: number;
  readonly principal: number | null;
  /** 1 where its caller is told by its network alone, or not at all. */
  readonly weak: number;
  readonly hops: number;
  /** 1 where it was made to answer it, not merely led on to. */
  readonly isCalled: number;
}

const UP = `
  WITH RECURSIVE up(id, hops, isCalled) AS (
    SELECT ?, 0, 0
    UNION SELECT e.from_call, up.hops + 1, max(up.isCalled, e.kind IN ${CALLED_KINDS}) FROM up JOIN edge e ON e.to_call = up.id
     WHERE (e.kind IN ${CALLED_KINDS} OR e.kind = 'redirect') AND up.hops < ${String(MAX_HOPS)} LIMIT ${String(MAX_FOUND)})
  SELECT up.id, f.principal_id AS principal, ifnull(p.weak, 1) AS weak, max(up.hops) AS hops, max(up.isCalled) AS isCalled
    FROM up LEFT JOIN call_fact f ON f.call_id = up.id LEFT JOIN principal p ON p.id = f.principal_id
   WHERE up.hops > 0 GROUP BY up.id ORDER BY hops, up.id`;

const DOWN = `
  WITH RECURSIVE down(id, hops) AS (
    SELECT ?, 0
    UNION SELECT e.to_call, down.hops + 1 FROM down JOIN edge e ON e.from_call = down.id
     WHERE (e.kind IN ${CALLED_KINDS} OR e.kind = 'redirect') AND down.hops < ${String(MAX_HOPS)} LIMIT ${String(MAX_FOUND)})
  SELECT DISTINCT id FROM down WHERE hops > 0 ORDER BY id`;

/** Calls that a call was made for or led on from, the nearest first. */
export function outerReader(db: SqlDriver): (call: number) => readonly Outer[] {
  const select = db.prepare(UP);
  return (call) => select.all<Outer>(call);
}

/** Calls that were made for a call, or that those were led on to. */
export function innerReader(db: SqlDriver): (call: number) => readonly number[] {
  const select = db.prepare(DOWN);
  return (call) => select.all<{ id: number }>(call).map(({ id }) => id);
}

/** The call through which the outer caller came in: the outermost that tells who it is, else the outermost; `undefined` where nothing was called from outside. */
export function doorOf(outer: readonly Outer[]): Outer | undefined {
  const called = outer.filter(({ isCalled }) => isCalled === 1);
  return called.findLast(({ weak }) => weak === 0) ?? called.at(-1);
}
