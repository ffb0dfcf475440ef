import type { Severity } from '../../../../contract/report-json.ts';
import type { SqlDriver } from '../../driver.ts';

/** What stands in other tables about calls, by row id; a call of which nothing does is left out. */
export interface Besides {
  readonly sightings: ReadonlyMap<number, readonly { readonly source_id: number; readonly record: number }[]>;
  readonly findings: ReadonlyMap<number, { readonly count: number; readonly worst: Severity }>;
}

/** Reads that for several calls at once: a chain of 5,000 would be 10,000 questions. */
export function besidesReader(db: SqlDriver): (ids: readonly number[]) => Besides {
  const others = db.prepare(
    `SELECT f.same_as, c.source_id, c.record FROM json_each(?) j JOIN call_fact f ON f.same_as = j.value JOIN call c ON c.id = f.call_id
     ORDER BY c.source_id, c.record`,
  );
  const named = db.prepare(
    `SELECT DISTINCT fc.call_id, fc.finding_id, f.severity FROM json_each(?) j JOIN finding_call fc ON fc.call_id = j.value
     JOIN finding f ON f.id = fc.finding_id`,
  );
  return (ids) => {
    const list = JSON.stringify(ids);
    const sightings = new Map<number, { readonly source_id: number; readonly record: number }[]>();
    for (const { same_as: of, ...other } of others.all<{ same_as: number; source_id: number; record: number }>(list)) {
      const known = sightings.get(of);
      if (known === undefined) sightings.set(of, [other]);
      else known.push(other);
    }
    const findings = new Map<number, { readonly count: number; readonly worst: Severity }>();
    for (const { call_id: id, severity } of named.all<{ call_id: number; severity: Severity }>(list)) {
      const known = findings.get(id);
      const worst = known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.worst) ? severity : known.worst;
      findings.set(id, { count: (known?.count ?? 0) + 1, worst });
    }
    return { sightings, findings };
  };
}

/** The worst first. */
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
