import { append } from '../../lib/append.ts';
import type { PrincipalKind } from '../../contract/report-json.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { CaseFacts } from './case-facts.ts';

/** Principals that a policy is written for; the most urgent come first. */
export const MAX_SUBJECTS = 1000;

/** A principal that a policy is written for. */
export interface Subject {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
}

interface Row extends Subject {
  readonly calls: number;
}

const rank = (row: Row, incidents: CaseFacts['incidents']): number => (incidents.has(row.id) ? 0 : row.kind === 'agent' ? 1 : 2);

/**
 * Agents and services, and whoever an incident names; those of incidents first, then agents, then the busiest. A principal told by its network and
 * User-Agent only is left out: no policy could name it.
 */
export function listSubjects(
  db: SqlDriver,
  incidents: CaseFacts['incidents'],
): { readonly subjects: readonly Subject[]; readonly left: number } {
  const rows = db.prepare("SELECT id, key, label, kind, calls FROM principal WHERE weak = 0 AND kind IN ('agent', 'service')").all<Row>();
  const known = new Set(rows.map(({ id }) => id));
  const one = db.prepare('SELECT id, key, label, kind, calls FROM principal WHERE id = ? AND weak = 0');
  for (const id of incidents.keys()) if (!known.has(id)) append(rows, one.all<Row>(id));
  rows.sort((a, b) => rank(a, incidents) - rank(b, incidents) || b.calls - a.calls || (a.key < b.key ? -1 : 1));
  return { subjects: rows.slice(0, MAX_SUBJECTS), left: Math.max(0, rows.length - MAX_SUBJECTS) };
}
