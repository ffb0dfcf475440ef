import { actorChain, claimList, claimSeconds } from '../../../model/claims.ts';
import { isCovered } from '../../../model/scopes.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { SeenToken } from '../jwt/claims.ts';

/** A token that was given for another one, as a call shows. */
export interface Exchange {
  readonly call: number;
  readonly parent: SeenToken;
  readonly child: SeenToken;
}

/**
 * Exchanges that the evidence shows: a token in an answer to a request that carried another token of the same subject, as its credential or in its body.
 * Source: RFC 8693, section 2: `subject_token` in, `access_token` out.
 */
export function readExchanges(db: SqlDriver, tokens: readonly SeenToken[]): readonly Exchange[] {
  const byId = new Map(tokens.map((token) => [token.credential, token]));
  const rows = db
    .prepare(
      `SELECT DISTINCT o.call_id AS call, coalesce(i.credential_id, c.credential_id) AS parent, o.credential_id AS child
       FROM exposure o JOIN call c ON c.id = o.call_id LEFT JOIN exposure i ON i.call_id = o.call_id AND i.side = 'request'
       WHERE o.side = 'response' AND o.credential_id IS NOT NULL AND coalesce(i.credential_id, c.credential_id) <> o.credential_id ORDER BY o.call_id`,
    )
    .all<{ call: number; parent: number; child: number }>();
  return rows.flatMap(({ call, parent, child }) => {
    const [from, to] = [byId.get(parent), byId.get(child)];
    if (from === undefined || to === undefined || from.claims['sub'] !== to.claims['sub']) return [];
    // A new token for the same one, without an actor, is a renewal.
    return actorChain(to.claims).length === 0 ? [] : [{ call, parent: from, child: to }];
  });
}

/** In what a child token gives more than its parent did; empty when in nothing. */
export function widenings({ parent, child }: Exchange): readonly string[] {
  const wider: string[] = [];
  const more = child.scopes.filter((scope) => !isCovered(scope, parent.scopes));
  if (parent.scopes.length > 0 && more.length > 0) wider.push(`scopes ${more.join(', ')}`);
  const [before, after] = [claimList(parent.claims, 'aud'), claimList(child.claims, 'aud')];
  if (before.length > 0 && after.length > before.length)
    wider.push(`${String(after.length)} audiences instead of ${String(before.length)}`);
  const [ends, later] = [claimSeconds(parent.claims, 'exp'), claimSeconds(child.claims, 'exp')];
  if (ends !== undefined && later !== undefined && later > ends)
    wider.push(`good for ${String(Math.round((later - ends) / 60))} minutes longer`);
  return wider;
}
