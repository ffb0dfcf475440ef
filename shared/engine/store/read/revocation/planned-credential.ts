import type { CredentialKind, PrincipalKind } from '../../../../contract/report-json.ts';
import type { PlannedCredential } from '../../../../contract/revocation.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { claimSeconds, readClaims } from '../../../../model/claims.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { readTraits } from '../../principal-traits.ts';

/** A credential as the plan reads it. */
export interface CredentialRecord {
  readonly id: number;
  readonly fingerprint: string;
  readonly about: PlannedCredential;
  readonly claims: JsonObject;
  readonly header: JsonObject;
  /** Row id of its holder. */
  readonly principal: number | undefined;
  /** Units: seconds since 1970. */
  readonly expires: number | undefined;
}

interface Row {
  readonly id: number;
  readonly fingerprint: string;
  readonly key: string;
  readonly kind: CredentialKind;
  readonly masked: string;
  readonly label: string | null;
  readonly jwt_header: string | null;
  readonly jwt_claims: string | null;
  readonly principal_id: number | null;
  readonly holder: string | null;
  readonly holder_kind: PrincipalKind | null;
  readonly traits: string | null;
  readonly first_use: number | null;
  readonly last_use: number | null;
}

const SELECT = `SELECT c.id, c.fingerprint, u.key, c.kind, c.masked, c.label, c.jwt_header, c.jwt_claims, u.principal_id,
    p.label AS holder, p.kind AS holder_kind, p.traits, u.first_use, u.last_use
  FROM credential_use u JOIN credential c ON c.id = u.credential_id LEFT JOIN principal p ON p.id = u.principal_id WHERE c.id = ?`;

type Listed = NonNullable<PlannedCredential['listed']>;

/** What a list of principals says of the holder, where it says whether it is in force. */
function listedOf(traits: string | null): Listed | undefined {
  const { status, list } = traits === null ? {} : readTraits(traits);
  return status === undefined || list === undefined ? undefined : { status, file: list };
}

/** One credential; `undefined` when no pass has seen it yet. */
export function findCredentialRecord(db: SqlDriver, id: number): CredentialRecord | undefined {
  const row = db.prepare(SELECT).get<Row>(id);
  if (row === undefined) return undefined;
  const claims = readClaims(row.jwt_claims) ?? {};
  const expires = claimSeconds(claims, 'exp');
  const listed = listedOf(row.traits);
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    claims,
    header: readClaims(row.jwt_header) ?? {},
    principal: row.principal_id ?? undefined,
    expires,
    about: {
      id: row.key,
      kind: row.kind,
      masked: row.masked,
      ...(row.label === null ? {} : { label: row.label }),
      ...(row.holder === null ? {} : { holder: row.holder }),
      ...(row.holder_kind === null ? {} : { holderKind: row.holder_kind }),
      ...(row.first_use === null ? {} : { firstUse: printTime(epochMicros(row.first_use)) }),
      ...(row.last_use === null ? {} : { lastUse: printTime(epochMicros(row.last_use)) }),
      ...(expires === undefined ? {} : { expiresAt: printTime(epochMicros(Math.round(expires * 1e6))) }),
      ...(listed === undefined ? {} : { listed }),
    },
  };
}

/** Most siblings that are named. */
const MAX_SIBLINGS = 50;

/** Other tokens of the same holder that are valid beyond the end of the evidence, and those without a known end; by order of first use. */
export function siblingsOf(db: SqlDriver, { id, principal }: CredentialRecord, end: number | undefined): readonly string[] {
  if (principal === undefined) return [];
  return db
    .prepare(
      `SELECT u.key FROM credential_use u JOIN credential c ON c.id = u.credential_id
       WHERE u.principal_id = ? AND u.credential_id <> ? AND u.calls > 0
         AND (c.jwt_claims IS NULL OR coalesce(CAST(c.jwt_claims ->> 'exp' AS REAL) * 1e6 > ?, 1))
       ORDER BY u.first_use, u.key LIMIT ${String(MAX_SIBLINGS)}`,
    )
    .all<{ key: string }>(principal, id, end ?? 0)
    .map(({ key }) => key);
}
