import { parameterOf } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { changingEndpoints } from '../../store/read/changing-endpoints.ts';

/** Objects are handed over so long before their new holder opens them. Units: µs. */
const BEFORE = 2 * 3_600_000_000;
/** Share of a walk's objects that one other principal changed before. */
const MOST = 0.8;
/** Changes that are looked at. */
const MAX_CHANGES = 50_000;

/** A walk's calls by row id, and the template that names its objects. */
interface WalkedObjects {
  readonly principal: number;
  readonly calls: readonly number[];
  readonly template: string;
  readonly parameter: string;
  /** Of its first and last call. Units: µs. */
  readonly from: number;
  readonly to: number;
}

/** Who changed nearly all objects of a walk in the two hours before it, as one who assigns work does: label and share; undefined where nobody did. */
export function handedOverBy(db: SqlDriver, walk: WalkedObjects): { readonly label: string; readonly share: number } | undefined {
  const place = walk.template.split('/').findIndex((segment) => parameterOf(segment) === walk.parameter);
  const path = db.prepare('SELECT path FROM call WHERE id = ?');
  const ids = new Set(walk.calls.flatMap((id) => path.get<{ path: string | null }>(id)?.path?.split('/')[place] ?? []));
  if (place < 0 || ids.size === 0) return undefined;
  const changing = changingEndpoints(db);
  const changes = db
    .prepare(
      `SELECT c.path, f.principal_id AS principal, f.endpoint_id AS endpoint FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.time BETWEEN ? AND ? AND f.principal_id <> ? AND f.same_as IS NULL AND c.path IS NOT NULL AND c.status < 400 ORDER BY c.time DESC LIMIT ?`,
    )
    .all<{ path: string; principal: number; endpoint: number }>(walk.from - BEFORE, walk.to, walk.principal, MAX_CHANGES);
  const changed = new Map<number, Set<string>>();
  for (const { path: text, principal, endpoint } of changes) {
    if (!changing.has(endpoint)) continue;
    const own = changed.get(principal) ?? new Set<string>();
    changed.set(principal, own);
    for (const segment of text.split('/')) if (ids.has(segment)) own.add(segment);
  }
  const [best] = [...changed].sort(([a, one], [b, other]) => other.size - one.size || a - b);
  if (best === undefined || best[1].size < MOST * ids.size) return undefined;
  const label = db.prepare('SELECT label FROM principal WHERE id = ?').get<{ label: string }>(best[0])?.label ?? 'another principal';
  return { label, share: best[1].size / ids.size };
}
