import type { RevocationDetail } from '../../../../contract/revocation.ts';
import { claimSeconds, claimText } from '../../../../model/claims.ts';
import { REVOCATION_STEP_TEXT, REVOCATION_STEPS } from '../../../../model/revocation-steps.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../driver.ts';
import { readKnownAs } from './known-as.ts';
import { siblingsOf } from './planned-credential.ts';
import type { PlanEntry, PlanFacts } from './plan.ts';

/** Most consumers that are named with a credential: one has one, as a rule. */
const MAX_CONSUMERS = 5;

/** The steps for a credential with their ticks. */
export function checklistOf(entry: PlanEntry, { decisions }: PlanFacts): RevocationDetail['checklist'] {
  const done = decisions.get(entry.record.fingerprint)?.done ?? [];
  return REVOCATION_STEPS.map((id) => ({ id, text: REVOCATION_STEP_TEXT[id], done: done.includes(id) }));
}

const consumersOf = (db: SqlDriver, credential: number): readonly string[] =>
  db
    .prepare(
      `SELECT DISTINCT t.value FROM call c JOIN term t ON t.id = c.consumer_id WHERE c.credential_id = ? ORDER BY t.value LIMIT ${String(MAX_CONSUMERS)}`,
    )
    .all<{ value: string }>(credential)
    .map(({ value }) => value);

/** Tokens that are kept to get others: by their own word, or by how they were shown where another was handed out. */
function isRefresh(db: SqlDriver, { record: { id, claims, header } }: PlanEntry): boolean {
  const says = [claimText(header, 'typ'), claimText(claims, 'typ', 'token_use', 'token_type')].some((word) => /refresh/i.test(word ?? ''));
  return says || db.prepare("SELECT 1 FROM credential_link WHERE parent_id = ? AND kind = 'refresh'").get(id) !== undefined;
}

/** An entry as the drafts of the packet need it. */
export function toPacketEntry(db: SqlDriver, codec: CodecPort, entry: PlanEntry, facts: PlanFacts) {
  const { claims, about, id } = entry.record;
  const named = {
    iss: claimText(claims, 'iss'),
    sub: claimText(claims, 'sub'),
    jti: claimText(claims, 'jti'),
    clientId: claimText(claims, 'client_id', 'azp'),
  };
  const iat = claimSeconds(claims, 'iat');
  return {
    row: entry.row,
    kind: about.kind,
    ...(named.iss === undefined ? {} : { iss: named.iss }),
    ...(named.sub === undefined ? {} : { sub: named.sub }),
    ...(named.jti === undefined ? {} : { jti: named.jti }),
    ...(named.clientId === undefined ? {} : { clientId: named.clientId }),
    ...(iat === undefined ? {} : { iat }),
    isRefresh: isRefresh(db, entry),
    consumers: consumersOf(db, id),
    knownAs: readKnownAs(db, codec, entry.record),
    siblings: siblingsOf(db, entry.record, facts.facts.end),
    checklist: checklistOf(entry, facts),
  };
}
