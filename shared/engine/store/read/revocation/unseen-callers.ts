import type { PrincipalKind } from '../../../../contract/report-json.ts';
import type { RevocationCaller } from '../../../../contract/revocation.ts';
import type { SqlDriver } from '../../driver.ts';
import type { PlanFinding, UnseenUse } from './case-facts.ts';

/** Callers that are named: more are not called one by one in a night. */
const MAX_CALLERS = 50;
/** Known credentials named of one caller, the latest first. */
const MAX_KNOWN = 20;

interface Row {
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly weak: number;
}

/**
 * Callers whose calls of incidents came with a credential that no source shows: a gateway that names its consumer and keeps the cookie to
 * itself. Calls whose chain shows the credential are none of them. No line of the plan can name that credential, so the caller is named, with what else of its credentials is known: at the issuer
 * all of them go. The gravest first. Those that only failed are left out, as they are in the plan.
 */
export function listUnseenCallers(db: SqlDriver, uses: ReadonlyMap<number, UnseenUse>): readonly RevocationCaller[] {
  // A caller that is told by a key of its own holds no other: its plan is that key's.
  const select = db.prepare("SELECT key, label, kind, weak FROM principal WHERE id = ? AND identity NOT LIKE 'credential %'");
  const known = db.prepare(
    `SELECT key FROM credential_use WHERE principal_id = ? AND calls > 0 ORDER BY last_use DESC, key LIMIT ${String(MAX_KNOWN)}`,
  );
  const callers = [...uses].flatMap(
    ([principal, { calls, answered, findings }]): readonly (RevocationCaller & { readonly order: number })[] => {
      const row = select.get<Row>(principal);
      const [first] = findings;
      if (row === undefined || first === undefined || answered === 0) return [];
      const toFinding = ({ id, title, severity, family }: PlanFinding) => ({ id, title, severity, family });
      return [
        {
          order: first.order,
          principal: row.key,
          label: row.label,
          kind: row.kind,
          weak: row.weak === 1,
          calls,
          findings: findings.map(toFinding),
          credentials: known.all<{ key: string }>(principal).map(({ key }) => key),
        },
      ];
    },
  );
  return callers
    .sort((a, b) => a.order - b.order || b.calls - a.calls || (a.principal < b.principal ? -1 : 1))
    .slice(0, MAX_CALLERS)
    .map(({ order: _order, ...caller }) => caller);
}
