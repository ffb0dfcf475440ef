import { RUNG_ANSWERS, RUNGS, type Ladder, type Rung, type RungAnswer, type RungCount } from '../../../../contract/credentials.ts';
import type { CredentialKind, PrincipalKind } from '../../../../contract/report-json.ts';
import { isJsonObject, type JsonObject } from '../../../../lib/json.ts';
import { actorChain, claimList, claimSeconds, claimText, readClaims } from '../../../../model/claims.ts';
import type { SqlDriver } from '../../driver.ts';
import { termReader } from '../terms.ts';
import { readAudiences, type AudienceMap } from './audiences.ts';

type Callers = Ladder['callers'];

/** One credential at one host, as the credentials pass counted it. */
export interface Shown {
  /** Id of the credential. */
  readonly id: string;
  readonly kind: CredentialKind;
  readonly label: string | undefined;
  readonly claims: JsonObject | undefined;
  readonly holder: PrincipalKind;
  readonly host: string | undefined;
  readonly calls: number;
  readonly stale: number;
}

/** What cannot be lent to another: a certificate, a token bound to one (RFC 8705) or sent with a proof of its key (RFC 9449). */
function isBound({ kind, label, claims }: Shown): RungAnswer {
  if (kind === 'mtls') return 'yes';
  const confirmation = claims?.['cnf'];
  if (label?.toLowerCase() === 'dpop') return 'yes';
  // A token that asks to be bound but comes as a bearer is not: whether its certificate was checked no log shows.
  return isJsonObject(confirmation) ? 'unknown' : 'no';
}

function isForHost({ claims, host }: Shown, audiences: AudienceMap): RungAnswer {
  if (claims === undefined || host === undefined) return 'unknown';
  const named = claimList(claims, 'aud');
  if (named.length === 0) return 'no';
  const judged = audiences.judge(named, host);
  return judged === 'own' ? 'yes' : judged === 'foreign' ? 'no' : 'unknown';
}

/** A program that shows a person's token without saying that it acts for them is no delegate. */
function isDelegated({ claims, holder }: Shown): RungAnswer {
  if (claims === undefined) return 'unknown';
  if (actorChain(claims).length > 0) return 'yes';
  const client = claimText(claims, 'client_id', 'azp', 'appid', 'cid');
  const subject = claimText(claims, 'sub');
  if (holder === 'human' || client === undefined || subject === undefined) return holder === 'human' ? 'yes' : 'unknown';
  return client === subject ? 'yes' : 'no';
}

export const callersOf = (holder: PrincipalKind): Callers =>
  holder === 'human' ? 'people' : holder === 'unknown' ? 'unknown' : 'machines';

type Counts = Record<Rung, Record<RungAnswer, number>>;
const noCounts = (): Counts => ({
  present: { yes: 0, no: 0, unknown: 0 },
  fresh: { yes: 0, no: 0, unknown: 0 },
  bound: { yes: 0, no: 0, unknown: 0 },
  audience: { yes: 0, no: 0, unknown: 0 },
  delegated: { yes: 0, no: 0, unknown: 0 },
});

/** How many calls of a use give an answer to a question. */
export function callsAnswering(shown: Shown, rung: Rung, answer: RungAnswer, audiences: AudienceMap): number {
  const all = (given: RungAnswer): number => (given === answer ? shown.calls : 0);
  if (rung === 'present') return all('yes');
  if (rung === 'bound') return all(isBound(shown));
  if (rung === 'audience') return all(isForHost(shown, audiences));
  if (rung === 'delegated') return all(isDelegated(shown));
  if (shown.claims === undefined) return all('unknown');
  if (claimSeconds(shown.claims, 'exp') === undefined) return all('no');
  return answer === 'no' ? shown.stale : answer === 'yes' ? shown.calls - shown.stale : 0;
}

function add(counts: Counts, shown: Shown, audiences: AudienceMap): void {
  for (const rung of RUNGS) for (const answer of RUNG_ANSWERS) counts[rung][answer] += callsAnswering(shown, rung, answer, audiences);
}

const toRungs = (counts: Counts): readonly RungCount[] => RUNGS.map((rung) => ({ rung, ...counts[rung] }));

/** The ladder of some uses. */
export function ladderOf(uses: readonly Shown[], audiences: AudienceMap, callers: Callers): Ladder {
  const counts = noCounts();
  for (const use of uses) add(counts, use, audiences);
  return { callers, calls: counts.present.yes, rungs: toRungs(counts) };
}

interface Row {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly label: string | null;
  readonly claims: string | null;
  readonly holder: PrincipalKind | null;
  readonly host: number;
  readonly calls: number;
  readonly stale: number;
}

const SELECT = `SELECT u.key AS id, k.kind, k.label, k.jwt_claims AS claims, p.kind AS holder, h.host_id AS host, h.calls, h.stale
  FROM credential_host h JOIN credential k ON k.id = h.credential_id JOIN credential_use u ON u.credential_id = k.id LEFT JOIN principal p ON p.id = u.principal_id`;

/** Uses by credential and host; of one credential when it is named. */
export function listShown(db: SqlDriver, credential?: number): readonly Shown[] {
  const term = termReader(db);
  const rows = credential === undefined ? db.prepare(SELECT).all<Row>() : db.prepare(`${SELECT} WHERE k.id = ?`).all<Row>(credential);
  return rows.map((row) => ({
    ...row,
    label: row.label ?? undefined,
    claims: readClaims(row.claims),
    holder: row.holder ?? 'unknown',
    host: term(row.host),
  }));
}

/** The ladders of people, machines and callers of unknown kind over the whole case, calls without a credential included. */
export function readLadders(db: SqlDriver): readonly Ladder[] {
  const audiences = readAudiences(db);
  const uses = listShown(db);
  const shares = db.prepare('SELECT caller, calls, without FROM credential_share').all<{ caller: PrincipalKind; calls: number; without: number }>();
  return (['people', 'machines', 'unknown'] as const).flatMap((callers) => {
    const counts = noCounts();
    for (const use of uses) if (callersOf(use.holder) === callers) add(counts, use, audiences);
    const own = shares.filter(({ caller }) => callersOf(caller) === callers);
    const calls = own.reduce((sum, row) => sum + row.calls, 0);
    const without = own.reduce((sum, row) => sum + row.without, 0);
    if (calls === 0) return [];
    counts.present = { yes: calls - without, no: without, unknown: 0 };
    for (const rung of RUNGS.slice(1)) {
      counts[rung].no += without;
      // A credential that the log masked is there, and nothing more can be said of it.
      counts[rung].unknown += Math.max(0, calls - counts[rung].yes - counts[rung].no - counts[rung].unknown);
    }
    return [{ callers, calls, rungs: toRungs(counts) }];
  });
} // prettier-ignore
