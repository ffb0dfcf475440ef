import { durationText } from '../../../lib/duration.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { plural } from '../spoken.ts';
import { readScopes } from '../jwt/claims.ts';
import type { FlowCall } from './run-calls.ts';

/** Lifetimes below this need no words in a story. Units: s. */
const WORTH_WORDS = 86_400;
const MANY_SCOPES = 8;

/** A sentence about the token that most of the calls came with, when there is something to say about it. */
export function tokenWords(db: SqlDriver, calls: readonly FlowCall[]): { readonly call: number; readonly text: string } | undefined {
  const counts = new Map<number, number>();
  for (const call of calls) if (call.credential !== undefined) counts.set(call.credential, (counts.get(call.credential) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1])[0];
  if (most === undefined) return undefined;
  const row = db
    .prepare('SELECT c.jwt_claims AS claims, u.key FROM credential c LEFT JOIN credential_use u ON u.credential_id = c.id WHERE c.id = ?')
    .get<{ claims: string | null; key: string | null }>(most[0]);
  if (row === undefined || row.claims === null) return undefined;
  const claims: unknown = JSON.parse(row.claims);
  if (!isJsonObject(claims)) return undefined;
  const scopes = readScopes(claims);
  const lifetime = typeof claims['exp'] === 'number' && typeof claims['iat'] === 'number' ? claims['exp'] - claims['iat'] : undefined;
  const parts = [
    scopes.length >= MANY_SCOPES ? `with ${plural(scopes.length, 'scope')}` : '',
    lifetime !== undefined && lifetime > WORTH_WORDS ? `valid for ${durationText(lifetime)}` : '',
    claims['exp'] === undefined ? 'never expiring' : '',
  ].filter((part) => part !== '');
  const first = calls.find((call) => call.credential === most[0]);
  if (parts.length === 0 || first === undefined) return undefined;
  return { call: first.id, text: `Began with token ${row.key ?? 'without a name'}, ${parts.join(' and ')}` };
}
