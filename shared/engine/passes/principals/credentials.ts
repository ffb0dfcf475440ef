import type { CredentialKind } from '../../../contract/report-json.ts';
import type { PassContext } from '../pass.ts';
import { claimList, claimSeconds, claimText, readClaims } from '../../../model/claims.ts';
import { eachCombo } from './combos.ts';
import type { StoredCredential } from './identity.ts';
import { networkOf } from '../../../model/network.ts';
import type { Names } from './names.ts';
import { userAgentFamily } from './user-agent.ts';

/** A token that lives longer than a month is kept like a password: detections.md 15, `jwt-lifetime`. Units: seconds. */
const LONG_LIFETIME = 30 * 24 * 3600;
const DAY = 24 * 3600;

interface Row {
  readonly id: number;
  readonly kind: CredentialKind;
  readonly masked: string;
  readonly label: string | null;
  readonly jwt_header: string | null;
  readonly jwt_claims: string | null;
}

/** How a credential was used in the whole case. */
export interface CredentialUse extends StoredCredential {
  readonly calls: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Distinct (network, User-Agent family) pairs that used it. */
  readonly contexts: number;
  /** Distinct gateway consumers that used it; rows of `term`. */
  readonly consumers: ReadonlySet<number>;
  readonly issues: readonly string[];
}

interface Tally {
  calls: number;
  first: number | undefined;
  last: number | undefined;
  order: number;
  readonly contexts: Set<string>;
  readonly consumers: Set<number>;
}

/**
 * Reads all credentials with their use, named by kind and order of first use: `jwt-1`, `api-key-2`. Those that were only
 * seen lying about, never used, come after the used ones of their kind.
 */
export async function readCredentials(context: PassContext, names: Names): Promise<ReadonlyMap<number, CredentialUse>> {
  const tallies = new Map<number, Tally>();
  await eachCombo(context, (combo) => {
    if (combo.credential === 0) return;
    let tally = tallies.get(combo.credential);
    if (tally === undefined)
      tallies.set(
        combo.credential,
        (tally = { calls: 0, first: undefined, last: undefined, order: Infinity, contexts: new Set(), consumers: new Set() }),
      );
    tally.calls += combo.calls;
    if (combo.first !== null) tally.first = Math.min(tally.first ?? Infinity, combo.first);
    if (combo.last !== null) tally.last = Math.max(tally.last ?? -Infinity, combo.last);
    tally.order = Math.min(tally.order, combo.order);
    tally.contexts.add(`${networkOf(names.find(combo.ip))} ${userAgentFamily(names.find(combo.userAgent))}`);
    if (combo.consumer > 0) tally.consumers.add(combo.consumer);
  });
  const exposed = exposureOrder(context);
  const rows = context.db.prepare('SELECT id, kind, masked, label, jwt_header, jwt_claims FROM credential').all<Row>();
  const order = (row: Row): readonly (number | string)[] => {
    const tally = tallies.get(row.id);
    return [
      tally === undefined ? 1 : 0,
      tally?.first ?? Infinity,
      tally?.order ?? exposed.get(row.id) ?? Infinity,
      row.masked,
      row.label ?? '',
      row.jwt_claims ?? '',
    ];
  };
  const sorted = rows.map((row) => ({ row, order: order(row) })).sort((a, b) => compareLists(a.order, b.order));
  const counters = new Map<CredentialKind, number>();
  const uses = new Map<number, CredentialUse>();
  for (const { row } of sorted) {
    const number = (counters.get(row.kind) ?? 0) + 1;
    counters.set(row.kind, number);
    const tally = tallies.get(row.id);
    const stored: StoredCredential = {
      id: row.id,
      // A token that says nothing of itself is called what people call it.
      key: `${row.kind === 'opaque' ? 'token' : row.kind}-${String(number)}`,
      kind: row.kind,
      masked: row.masked,
      label: row.label ?? undefined,
      header: readClaims(row.jwt_header),
      claims: readClaims(row.jwt_claims),
    };
    uses.set(row.id, {
      ...stored,
      calls: tally?.calls ?? 0,
      first: tally?.first,
      last: tally?.last,
      contexts: tally?.contexts.size ?? 0,
      consumers: tally?.consumers ?? new Set(),
      issues: credentialIssues(stored, tally?.last),
    });
  }
  return uses;
}

/** Where each credential was first seen lying about, as `source rank × 2^32 + record`. */
function exposureOrder({ db }: PassContext): ReadonlyMap<number, number> {
  const rows = db
    .prepare(
      'SELECT e.credential_id AS id, min(r.rank * 4294967296 + c.record) AS place FROM exposure e JOIN call c ON c.id = e.call_id JOIN source_rank r USING (source_id) GROUP BY 1',
    )
    .all<{ id: number; place: number }>();
  return new Map(rows.map(({ id, place }) => [id, place]));
}

/** What is weak about a credential by its own words. Times in µs. */
function credentialIssues(credential: Pick<StoredCredential, 'header' | 'claims'>, lastUse: number | undefined): readonly string[] {
  const { header, claims } = credential;
  if (claims === undefined) return [];
  const issues: string[] = [];
  const algorithm = claimText(header ?? {}, 'alg');
  if (algorithm === undefined || algorithm.toLowerCase() === 'none') issues.push('not signed');
  const expires = claimSeconds(claims, 'exp');
  const issued = claimSeconds(claims, 'iat') ?? claimSeconds(claims, 'nbf');
  if (expires === undefined) issues.push('never expires');
  else if (issued !== undefined && expires - issued > LONG_LIFETIME)
    issues.push(`lives ${String(Math.round((expires - issued) / DAY))} days`);
  if (expires !== undefined && lastUse !== undefined && lastUse > (expires + 60) * 1e6) issues.push('used after it expired');
  for (const name of ['iss', 'aud', 'sub'])
    if (claimList(claims, name).length === 0 && claimText(claims, name) === undefined) issues.push(`no ${name} claim`);
  return issues;
}

function compareLists(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? '';
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}

/** Replaces the table of uses. */
export function writeCredentialUses(
  { db }: Pick<PassContext, 'db'>,
  uses: Iterable<CredentialUse>,
  principalOf: (credentialId: number) => number | undefined,
): void {
  const insert = db.prepare(
    'INSERT INTO credential_use (credential_id, key, principal_id, calls, first_use, last_use, contexts, issues) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const use of uses)
    insert.run(
      use.id,
      use.key,
      principalOf(use.id) ?? null,
      use.calls,
      use.first ?? null,
      use.last ?? null,
      use.contexts,
      JSON.stringify(use.issues),
    );
}
