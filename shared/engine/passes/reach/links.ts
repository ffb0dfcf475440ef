import type { SqlDriver } from '../../store/driver.ts';

export type LinkKind = 'refresh' | 'exchange' | 'act' | 'issued';

/** `child` was handed out in the answer to a call that showed `parent`. */
export interface CredentialLink {
  readonly parent: number;
  readonly child: number;
  readonly kind: LinkKind;
  readonly call: number;
}

/** Names under which issuers hand credentials out (RFC 6749 5.1, RFC 8693 2.2, OpenID Connect, usual APIs for keys). */
const HANDED_OUT =
  /(?:^|[.\]_-])(?:access_?token|id_?token|refresh_?token|token|jwt|api_?key|secret|client_secret|session_?id|set-cookie)$/i;

interface Shown {
  readonly call: number;
  readonly time: number | null;
  readonly place: string;
  readonly credential: number;
}

/** By what name a request showed its credential (RFC 6749 6, RFC 8693 2.1). */
function kindOf(place: string | undefined): LinkKind {
  if (place === undefined) return 'issued';
  if (/refresh_?token$/i.test(place)) return 'refresh';
  if (/subject_?token$/i.test(place)) return 'exchange';
  if (/actor_?token$/i.test(place)) return 'act';
  return 'issued';
}

const STRENGTH: readonly LinkKind[] = ['issued', 'act', 'exchange', 'refresh'];

/** Answers that showed a credential for the first time in the evidence: a key that was used before was leaked there, not handed out. */
function listHandedOut(db: SqlDriver): readonly Shown[] {
  const rows = db
    .prepare(
      `SELECT e.call_id AS call, c.time, t.value AS place, e.credential_id AS credential
       FROM exposure e JOIN call c ON c.id = e.call_id JOIN term t ON t.id = e.pointer_id
       LEFT JOIN credential_use u ON u.credential_id = e.credential_id
       WHERE e.side IN ('response', 'response-header') AND c.status BETWEEN 200 AND 399 AND c.time IS NOT NULL
         AND (u.first_use IS NULL OR u.first_use >= c.time)
       ORDER BY c.time, e.call_id, e.rowid`,
    )
    .all<Shown>();
  const first = new Map<number, Shown>();
  for (const row of rows) if (!first.has(row.credential) && HANDED_OUT.test(row.place)) first.set(row.credential, row);
  return [...first.values()];
}

/** What credentials were made from, read from the calls that handed them out; the strongest kind where a pair has several. */
export function readLinks(db: SqlDriver): readonly CredentialLink[] {
  const own = db.prepare('SELECT credential_id AS credential FROM call WHERE id = ? AND credential_id IS NOT NULL');
  const shown = db.prepare(
    `SELECT t.value AS place, e.credential_id AS credential FROM exposure e JOIN term t ON t.id = e.pointer_id
     WHERE e.call_id = ? AND e.side IN ('request', 'query', 'request-header') ORDER BY e.rowid`,
  );
  const links = new Map<string, CredentialLink>();
  for (const { call, credential: child } of listHandedOut(db)) {
    const parents = [...own.all<{ credential: number; place?: string }>(call), ...shown.all<{ credential: number; place?: string }>(call)];
    for (const { credential: parent, place } of parents) {
      if (parent === child) continue;
      const link = { parent, child, kind: kindOf(place), call };
      const known = links.get(`${String(parent)} ${String(child)}`);
      if (known === undefined || STRENGTH.indexOf(known.kind) < STRENGTH.indexOf(link.kind))
        links.set(`${String(parent)} ${String(child)}`, link);
    }
  }
  return [...links.values()];
}
