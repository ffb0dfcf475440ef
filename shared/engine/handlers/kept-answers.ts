import type { KpisJson, PrincipalJson } from '../../contract/report-json.ts';
import type { CredentialOverview } from '../../contract/credentials.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getReview, getRevision } from '../store/meta.ts';
import { readAudiences, type AudienceMap } from '../store/read/credentials/audiences.ts';
import { readCredentialOverview } from '../store/read/credentials/overview.ts';
import { readKpis } from '../store/read/report/kpis.ts';
import { callTotals } from '../store/read/report/overview.ts';
import { listPrincipals } from '../store/read/principals/principals.ts';
import { pivotOf } from '../store/read/revocation/pivot.ts';
import { makePlan, type WholePlan } from '../store/read/revocation/plan.ts';

/**
 * Answers that several questions are cut from and that take a second or more in a case of 100,000 callers: worked out when first asked for,
 * kept until the case or what the analyst says of it changes. Without them each word typed into a filter would cost it again.
 */
export interface KeptAnswers {
  readonly plan: () => WholePlan;
  readonly principals: () => readonly PrincipalJson[];
  readonly credentials: () => CredentialOverview;
  readonly audiences: () => AudienceMap;
  readonly kpis: () => KpisJson;
}

/** Keeps what `make` gives for as long as the case stands as it did. */
function kept<T>(db: SqlDriver, make: (db: SqlDriver) => T): () => T {
  let last: { readonly state: string; readonly value: T } | undefined;
  return () => {
    const state = `${String(getRevision(db))} ${String(getReview(db))}`;
    if (last?.state !== state) last = { state, value: make(db) };
    return last.value;
  };
}

/** The kept answers of one open case. */
export function keptAnswers(db: SqlDriver): KeptAnswers {
  const plan = kept(db, makePlan);
  const principals = kept(db, (open) => listPrincipals(open));
  return {
    plan,
    principals,
    credentials: kept(db, readCredentialOverview),
    audiences: kept(db, readAudiences),
    kpis: kept(db, (open) => readKpis(open, callTotals(open), principals(), pivotOf(plan()))),
  };
}
