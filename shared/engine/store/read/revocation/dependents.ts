import type { PrincipalKind } from '../../../../contract/report-json.ts';
import type { Dependent } from '../../../../contract/revocation.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import type { IncidentUse } from './case-facts.ts';

interface Row {
  readonly id: number;
  readonly endpoint: number;
  readonly key: string | null;
  readonly label: string | null;
  readonly kind: PrincipalKind | null;
  readonly calls: number;
  readonly answered: number;
  readonly last: number | null;
}

const USES = `SELECT ce.principal_id AS id, ce.endpoint_id AS endpoint, p.key, p.label, p.kind, ce.calls, ce.answered, ce.last_seen AS last
  FROM credential_endpoint ce LEFT JOIN principal p ON p.id = ce.principal_id WHERE ce.credential_id = ? ORDER BY ce.principal_id, ce.endpoint_id`;

/** Who used a credential, and who loses what when it goes. */
export interface Users {
  readonly usedBy: readonly string[];
  readonly breaks: readonly Dependent[];
}

/**
 * Takes the calls of incidents off each caller's use: what is left is work that stops. A caller that no operation accepted beside the
 * incidents loses nothing. Times are of all its calls.
 */
export function readUsers(db: SqlDriver, credential: number, incident: IncidentUse | undefined): Users {
  const left = new Map<string, { row: Row; calls: number; operations: number; last: number }>();
  const usedBy = new Set<string>();
  for (const row of db.prepare(USES).all<Row>(credential)) {
    if (row.key === null) continue;
    usedBy.add(row.key);
    const calls = row.calls - (incident?.pairs.get(`${String(row.id)} ${String(row.endpoint)}`) ?? 0);
    if (calls <= 0) continue;
    const known = left.get(row.key) ?? { row, calls: 0, operations: 0, last: 0 };
    left.set(row.key, {
      row,
      calls: known.calls + calls,
      operations: known.operations + (row.answered > 0 ? 1 : 0),
      last: Math.max(known.last, row.last ?? 0),
    });
  }
  const breaks = [...left]
    .filter(([, { operations }]) => operations > 0)
    .map(([principal, { row, calls, operations, last }]): Dependent => ({
      principal,
      label: row.label ?? principal,
      kind: row.kind ?? 'unknown',
      calls,
      operations,
      ...(last === 0 ? {} : { lastSeen: printTime(epochMicros(last)) }),
    }));
  return { usedBy: [...usedBy].sort(), breaks: breaks.sort((a, b) => b.calls - a.calls || (a.principal < b.principal ? -1 : 1)) };
}
