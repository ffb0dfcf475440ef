import { readTokens, type SeenToken } from '../detectors/jwt/claims.ts';
import { readNeeds, type Needs } from '../detectors/jwt/scopes.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import { isOpen } from '../store/read/findings/open-finding.ts';
import { readListedScopes } from '../store/read/principals/scopes.ts';
import { claimSeconds, readClaims } from '../../model/claims.ts';
import type { Stretch } from './phases.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';

/** What the whole case says, read once for all principals. */
export interface CaseFacts {
  readonly baseline: Stretch | undefined;
  readonly incidentCalls: ReadonlySet<number>;
  /** Inner hops of incident calls that no finding lists: no evidence, and nobody's ordinary work either. */
  readonly incidentHops: ReadonlySet<number>;
  /** By row id of the principal: for each incident finding, from its first to its last call in it. */
  readonly incidents: ReadonlyMap<number, readonly Stretch[]>;
  readonly needs: Needs;
  /** Tokens with scopes, by row id of the principal. */
  readonly tokens: ReadonlyMap<number, readonly SeenToken[]>;
  /** Scopes that a list of principals (IAM, gateway consumers) grants, by row id of the principal. */
  readonly listed: ReadonlyMap<number, readonly string[]>;
  readonly credential: (id: number) => CredentialFact;
}

/** What one credential says of its age. */
export interface CredentialFact {
  readonly isToken: boolean;
  /** Units: µs. */
  readonly issued: { readonly time: number; readonly stated: boolean } | undefined;
}

/** Calls behind incident findings that stand, each as the sighting that stands for it. */
const incidentCalls = (db: SqlDriver): string =>
  `FROM finding fi JOIN finding_call fc ON fc.finding_id = fi.id JOIN call_fact f ON f.call_id = fc.call_id WHERE fi.family = 'incident' AND ${isOpen(db, 'fi')}`;

/** Calls that an incident call brought about by the proof of a trace, a protocol or the same request seen further in. */
const innerHops = (db: SqlDriver): string => `WITH RECURSIVE hop(id) AS (
    SELECT ifnull(f.same_as, f.call_id) ${incidentCalls(db)}
    UNION SELECT e.to_call FROM hop JOIN edge e ON e.from_call = hop.id WHERE e.kind IN ${CALLED_KINDS})
  SELECT id FROM hop`;

/** Reads what all principals share. Needs the findings of the last run of the detectors. */
export function readCaseFacts(db: SqlDriver): CaseFacts {
  const tokens = readTokens(db).filter(({ scopes }) => scopes.length > 0);
  const byPrincipal = new Map<number, SeenToken[]>();
  for (const token of tokens) {
    if (token.principal === undefined) continue;
    const known = byPrincipal.get(token.principal);
    if (known === undefined) byPrincipal.set(token.principal, [token]);
    else known.push(token);
  }
  const calls = db.prepare(`SELECT DISTINCT ifnull(f.same_as, f.call_id) AS id ${incidentCalls(db)}`).all<{ id: number }>();
  return {
    baseline: readBaseline(db),
    incidentCalls: new Set(calls.map(({ id }) => id)),
    incidentHops: new Set(
      db
        .prepare(innerHops(db))
        .all<{ id: number }>()
        .map(({ id }) => id),
    ),
    incidents: readIncidents(db),
    needs: readNeeds(db, tokens),
    tokens: byPrincipal,
    listed: readListedScopes(db),
    credential: credentialReader(db),
  };
}

function readBaseline(db: SqlDriver): Stretch | undefined {
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

function readIncidents(db: SqlDriver): ReadonlyMap<number, readonly Stretch[]> {
  const rows = db
    .prepare(
      `SELECT f.principal_id AS principal, min(c.time) AS first, max(c.time) AS last ${incidentCalls(db).replace('WHERE', 'JOIN call c ON c.id = fc.call_id WHERE')}
       AND f.principal_id IS NOT NULL GROUP BY fi.id, f.principal_id ORDER BY fi.rank`,
    )
    .all<{ principal: number; first: number | null; last: number | null }>();
  const incidents = new Map<number, Stretch[]>();
  for (const { principal, first, last } of rows) {
    const known = incidents.get(principal) ?? [];
    incidents.set(principal, known);
    if (first !== null && last !== null) known.push({ from: first, to: last });
  }
  return incidents;
}

const MADE_BY_HAND: ReadonlySet<string> = new Set(['api-key', 'basic', 'mtls']);

/** Reads each credential once, when it is first asked for: a case may have a hundred thousand. */
function credentialReader(db: SqlDriver): CaseFacts['credential'] {
  const select = db.prepare(
    'SELECT c.kind, c.jwt_claims AS claims, u.first_use AS first FROM credential c LEFT JOIN credential_use u ON u.credential_id = c.id WHERE c.id = ?',
  );
  const known = new Map<number, CredentialFact>();
  return (id) => {
    const seen = known.get(id);
    if (seen !== undefined) return seen;
    const row = select.get<{ kind: string; claims: string | null; first: number | null }>(id);
    const claims = readClaims(row?.claims ?? null);
    const stated = claims === undefined ? undefined : claimSeconds(claims, 'iat');
    // Keys, passwords and certificates are made by hand and have no age that an issuer could shorten.
    const first = row === undefined || MADE_BY_HAND.has(row.kind) ? undefined : (row.first ?? undefined);
    const issued =
      stated !== undefined ? { time: stated * 1e6, stated: true } : first !== undefined ? { time: first, stated: false } : undefined;
    const fact = { isToken: claims !== undefined, issued };
    known.set(id, fact);
    return fact;
  };
}
