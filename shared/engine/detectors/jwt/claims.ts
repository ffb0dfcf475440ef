import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { parseTokenSignature, type TokenSignature } from '../../../model/token-signature.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { SIGNATURE_JOIN } from '../../store/token-signatures.ts';

/** Claims under which scopes are kept, as issuers of our formats spell them. */
const SCOPE_CLAIMS = ['scope', 'scp', 'scopes', 'permissions'] as const;

const textsOf = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((part) => part !== '');
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
};

/** Scopes that a token grants, each once, in the token's order. */
export const readScopes = (claims: JsonObject): readonly string[] => [...new Set(SCOPE_CLAIMS.flatMap((name) => textsOf(claims[name])))];

/** A JSON Web Token of the case with who used it and how. Units: s for claims, µs for uses. */
export interface SeenToken {
  readonly credential: number;
  readonly key: string;
  readonly masked: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly issuer: string;
  readonly scopes: readonly string[];
  readonly principal: number | undefined;
  readonly principalKey: string;
  readonly principalLabel: string;
  readonly principalKind: string;
  readonly calls: number;
  /** What a check of its signature came to on import; absent when the case held no keys of issuers then. */
  readonly signature: TokenSignature | undefined;
}

interface Row {
  readonly id: number;
  readonly key: string | null;
  readonly masked: string;
  readonly header: string | null;
  readonly claims: string;
  readonly principal: number | null;
  readonly principal_key: string | null;
  readonly label: string | null;
  readonly kind: string | null;
  readonly calls: number | null;
  readonly signature: string | null;
}

const parseObject = (text: string | null): JsonObject => {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return isJsonObject(value) ? value : {};
};

/** All readable tokens that authenticated a call, in order of first use. */
export function readTokens(db: SqlDriver): readonly SeenToken[] {
  return db
    .prepare(
      `SELECT c.id, u.key, c.masked, c.jwt_header AS header, c.jwt_claims AS claims, u.principal_id AS principal, p.key AS principal_key, p.label, p.kind, u.calls, g.value AS signature
       FROM credential c JOIN credential_use u ON u.credential_id = c.id LEFT JOIN principal p ON p.id = u.principal_id ${SIGNATURE_JOIN}
       WHERE c.kind = 'jwt' AND c.jwt_claims IS NOT NULL AND u.calls > 0 ORDER BY length(u.key), u.key`,
    )
    .all<Row>()
    .map((row) => {
      const claims = parseObject(row.claims);
      return {
        credential: row.id,
        key: row.key ?? '',
        masked: row.masked,
        header: parseObject(row.header),
        claims,
        issuer: typeof claims['iss'] === 'string' ? claims['iss'] : 'no issuer',
        scopes: readScopes(claims),
        principal: row.principal ?? undefined,
        principalKey: row.principal_key ?? '',
        principalLabel: row.label ?? 'unknown principal',
        principalKind: row.kind ?? 'unknown',
        calls: row.calls ?? 0,
        signature: parseTokenSignature(row.signature),
      };
    });
}

interface Place {
  readonly id: number;
  readonly time: number | null;
}

/** First call of each credential, in time order: enough to find every token in the evidence without listing a month of calls. */
export function firstCalls(db: SqlDriver, credentials: readonly number[]): readonly number[] {
  // Nearly always the first use stands for itself, and the index of times leads to it without a look at the other calls.
  const atFirstUse = db.prepare(
    `SELECT c.id, c.time FROM credential_use u JOIN call c ON c.time = u.first_use AND +c.credential_id = u.credential_id
       JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN source s ON s.id = c.source_id
     WHERE u.credential_id = ? ORDER BY s.name, c.record LIMIT 1`,
  );
  const first = db.prepare(
    `SELECT c.id, c.time FROM call c LEFT JOIN call_fact f ON f.call_id = c.id JOIN source s ON s.id = c.source_id
     WHERE c.credential_id = ? ORDER BY f.same_as IS NOT NULL, c.time IS NULL, c.time, s.name, c.record LIMIT 1`,
  );
  const found = credentials.flatMap((credential) => atFirstUse.get<Place>(credential) ?? first.get<Place>(credential) ?? []);
  return found.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity)).map((row) => row.id);
}
