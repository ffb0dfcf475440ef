import type { CredentialTie, RevocationDetail } from '../../../../contract/revocation.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { childrenOf, parentsOf, type Tie } from './links.ts';
import { checklistOf } from './packet-entries.ts';
import type { PlanEntry, PlanFacts } from './plan.ts';
import { siblingsOf } from './planned-credential.ts';

/** Endpoints of a blast radius that a screen lists and draws. */
const MAX_ENDPOINTS = 1000;

function toTies(db: SqlDriver, ties: readonly Tie[], direction: CredentialTie['direction']): readonly CredentialTie[] {
  const key = db.prepare('SELECT key FROM credential_use WHERE credential_id = ?');
  const place = db.prepare('SELECT s.name, c.record FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?');
  return ties.flatMap(({ other, kind, call }) => {
    const [credential, at] = [key.get<{ key: string }>(other)?.key, place.get<{ name: string; record: number }>(call)];
    return credential === undefined || at === undefined ? [] : [{ credential, kind, direction, call: `${at.name}#${String(at.record)}` }];
  });
}

/** One entry in full, without its part of the packet. */
export function toDetail(db: SqlDriver, entry: PlanEntry, facts: PlanFacts): Omit<RevocationDetail, 'files' | 'knownAs'> {
  const { record, row, blast, after } = entry;
  const given = facts.decisions.get(record.fingerprint)?.revokedAt;
  return {
    row,
    endpoints: blast.slice(0, MAX_ENDPOINTS),
    endpointsOmitted: Math.max(0, blast.length - MAX_ENDPOINTS),
    ties: [...toTies(db, parentsOf(db, record.id), 'parent'), ...toTies(db, childrenOf(db, record.id), 'child')],
    siblings: siblingsOf(db, record, facts.facts.end),
    checklist: checklistOf(entry, facts),
    ...(given === undefined ? {} : { givenTime: printTime(epochMicros(given)) }),
    after: after?.uses ?? [],
  };
}
