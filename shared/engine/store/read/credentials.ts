import type { CredentialJson, CredentialKind } from '../../../contract/report-json.ts';
import type { CredentialDetail } from '../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import { actorChain, claimList, claimSeconds, claimText, grantedScopes, readClaims, tokenBreadth } from '../../../model/claims.ts';
import type { PublicKey } from '../../../model/knowledge/key-set.ts';
import { parseTokenSignature, type SignatureReason, type TokenSignature } from '../../../model/token-signature.ts';
import type { SqlDriver } from '../driver.ts';
import { SIGNATURE_JOIN, signatureNow, toSignatureJson } from '../token-signatures.ts';
import { readKeys } from './knowledge.ts';
import { byKindAndNumber } from './principals/principals.ts';

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
  readonly calls: number;
  readonly hosts: number;
  readonly silence: number | null;
  readonly exposures: number;
  readonly inUrls: number;
  readonly signature: string | null;
}

// A call that two sources saw counts once, as on the Calls screen: `credential_use` counts records, `credential_host` calls.
const SELECT = `SELECT u.key, c.kind, c.masked, c.fingerprint, c.jwt_header, c.jwt_claims, p.key AS principal, u.first_use, u.last_use, u.contexts, u.issues,
    ifnull((SELECT sum(h.calls) FROM credential_host h WHERE h.credential_id = c.id), u.calls) AS calls,
    (SELECT count(*) FROM credential_host h WHERE h.credential_id = c.id) AS hosts, l.gap_to - l.gap_from AS silence,
    ifnull(x.exposures, 0) AS exposures, ifnull(x.in_urls, 0) AS inUrls, g.value AS signature
  FROM credential_use u JOIN credential c ON c.id = u.credential_id LEFT JOIN principal p ON p.id = u.principal_id
  ${SIGNATURE_JOIN}
  LEFT JOIN credential_life l ON l.credential_id = c.id
  LEFT JOIN (SELECT credential_id, count(DISTINCT call_id) AS exposures, sum(side IN ('query', 'path')) AS in_urls
               FROM exposure WHERE type <> 'issued-token' GROUP BY 1) x ON x.credential_id = c.id`;

/** All credentials, or those of these ids, by kind and order of first use. */
export function listCredentials(db: SqlDriver, among?: readonly string[]): readonly CredentialJson[] {
  const keys = readKeys(db, 'jwks');
  const rows =
    among === undefined
      ? db.prepare(SELECT).all<Row>()
      : db.prepare(`${SELECT} WHERE u.key IN (SELECT value FROM json_each(?))`).all<Row>(JSON.stringify(among));
  return rows.map((row) => toCredential(row, keys)).sort((a, b) => byKindAndNumber(a.id, b.id));
}

/** One credential with the claims of its token, for the screen; the fingerprint never leaves the case in an export. */
export function getCredentialDetail(db: SqlDriver, key: string): CredentialDetail | undefined {
  const row = db.prepare(`${SELECT} WHERE u.key = ?`).get<Row>(key);
  if (row === undefined) return undefined;
  const header = readClaims(row.jwt_header);
  const claims = readClaims(row.jwt_claims);
  return {
    ...toCredential(row, readKeys(db, 'jwks')),
    fingerprint: row.fingerprint,
    ...(header === undefined || claims === undefined ? {} : { jwt: { header, claims } }),
  };
}

function toCredential(row: Row, keys: readonly PublicKey[]): CredentialJson {
  const claims = readClaims(row.jwt_claims) ?? {};
  const issued = claimSeconds(claims, 'iat') ?? claimSeconds(claims, 'nbf');
  const expires = claimSeconds(claims, 'exp');
  const signature = signatureOf(row, keys);
  const [issuer, subject] = [claimText(claims, 'iss'), claimText(claims, 'sub')];
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
    calls: row.calls,
    ...(issuer === undefined ? {} : { issuer }),
    ...(subject === undefined ? {} : { subject }),
    ...(row.hosts === 0 ? {} : { hosts: row.hosts }),
    ...(row.silence === null || row.silence === 0 ? {} : { longestSilenceSeconds: Math.round(row.silence / 1e6) }),
    ...(row.exposures === 0 ? {} : { exposures: row.exposures }),
    ...(signature === undefined ? {} : { signature: toSignatureJson(signature) }),
    // The first part was written by the principals pass as a list of texts.
    issues: [
      ...(JSON.parse(row.issues) as readonly string[]),
      ...tokenBreadth(claims),
      ...(row.inUrls > 0 ? ['stood in a URL'] : []),
      ...(signature !== undefined && BROKEN.has(signature.reason) ? ['its signature does not verify'] : []),
    ],
  };
}

/** Outcomes that are a weakness of their own; that a token is not signed is told by its header already. */
const BROKEN: ReadonlySet<SignatureReason> = new Set<SignatureReason>(['wrong', 'key-type', 'confused']);

/** What is known of a token's signature, as far as the case has or had keys to check it with. */
function signatureOf({ jwt_header, jwt_claims, signature }: Row, keys: readonly PublicKey[]): TokenSignature | undefined {
  const stored = parseTokenSignature(signature);
  return jwt_claims === null || (stored === undefined && keys.length === 0)
    ? undefined
    : signatureNow(stored, readClaims(jwt_header) ?? {}, keys);
}

const printSeconds = (seconds: number): string => printTime(epochMicros(Math.round(seconds * 1e6)));
