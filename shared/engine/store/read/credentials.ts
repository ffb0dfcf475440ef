import type { CredentialJson, CredentialKind } from '../../../contract/report-json.ts';
import type { CredentialDetail } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import { actorChain, claimList, claimSeconds, grantedScopes, readClaims } from '../../../model/claims.ts';
import type { SqlDriver } from '../driver.ts';
import { byKindAndNumber } from './principals.ts';

interface Row {
  readonly key: string;
  readonly kind: CredentialKind;
  readonly masked: string;
  readonly fingerprint: string;
  readonly jwt_header: string | null;
  readonly jwt_claims: string | null;
  readonly principal: string | null;
  readonly first_use: number | null;
  readonly last_use: number | null;
  readonly contexts: number;
  readonly issues: string;
}

const SELECT = `SELECT u.key, c.kind, c.masked, c.fingerprint, c.jwt_header, c.jwt_claims, p.key AS principal, u.first_use, u.last_use, u.contexts, u.issues
  FROM credential_use u JOIN credential c ON c.id = u.credential_id LEFT JOIN principal p ON p.id = u.principal_id`;

/** All credentials, by kind and order of first use. */
export function listCredentials(db: SqlDriver): readonly CredentialJson[] {
  return db
    .prepare(SELECT)
    .all<Row>()
    .map(toCredential)
    .sort((a, b) => byKindAndNumber(a.id, b.id));
}

/** One credential with the claims of its token, for the screen; the fingerprint never leaves the case in an export. */
export function getCredentialDetail(db: SqlDriver, key: string): CredentialDetail | undefined {
  const row = db.prepare(`${SELECT} WHERE u.key = ?`).get<Row>(key);
  if (row === undefined) return undefined;
  const header = readClaims(row.jwt_header);
  const claims = readClaims(row.jwt_claims);
  return {
    ...toCredential(row),
    fingerprint: row.fingerprint,
    ...(header === undefined || claims === undefined ? {} : { jwt: { header, claims } }),
  };
}

function toCredential(row: Row): CredentialJson {
  const claims = readClaims(row.jwt_claims) ?? {};
  const issued = claimSeconds(claims, 'iat') ?? claimSeconds(claims, 'nbf');
  const expires = claimSeconds(claims, 'exp');
  return {
    id: row.key,
    kind: row.kind,
    masked: row.masked,
    ...(row.principal === null ? {} : { principal: row.principal }),
    audiences: claimList(claims, 'aud'),
    scopes: grantedScopes(claims),
    actChain: actorChain(claims),
    ...(issued === undefined ? {} : { issuedAt: printSeconds(issued) }),
    ...(expires === undefined ? {} : { expiresAt: printSeconds(expires) }),
    ...(issued === undefined || expires === undefined ? {} : { lifetimeSeconds: Math.round(expires - issued) }),
    ...(row.first_use === null ? {} : { firstUse: printTime(epochMicros(row.first_use)) }),
    ...(row.last_use === null ? {} : { lastUse: printTime(epochMicros(row.last_use)) }),
    contexts: row.contexts,
    // Written by the principals pass as a list of texts.
    issues: JSON.parse(row.issues) as readonly string[],
  };
}

const printSeconds = (seconds: number): string => printTime(epochMicros(Math.round(seconds * 1e6)));
