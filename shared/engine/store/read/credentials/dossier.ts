import type { CredentialContext, CredentialDossier, LifeEvent } from '../../../../contract/credentials.ts';
import type { Severity } from '../../../../contract/report-json.ts';
import { claimList, claimSeconds, readClaims } from '../../../../model/claims.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { toSignatureJson } from '../../token-signatures.ts';
import { termReader } from '../terms.ts';
import { readAudiences, type AudienceMap } from './audiences.ts';
import { ladderOf, listShown } from './ladder.ts';
import { credentialRows } from './overview.ts';

/** Rows of each part of a dossier. */
const SHOWN = 50;
/** A credential that is not accepted, one that has no right, and one that asks too often: each tells of a try. */
const REFUSALS = [401, 403, 429] as const;
/** Parts of time that the lifeline counts uses in. */
const BINS = 120;

interface Stored {
  readonly id: number;
  readonly header: string | null;
  readonly claims: string | null;
  readonly first: number | null;
  readonly last: number | null;
}

const timeOf = (time: number): string => printTime(epochMicros(Math.round(time)));

/** One credential in full; `undefined` when the case has none of that name. */
export function getCredentialDossier(db: SqlDriver, key: string, audiences: AudienceMap = readAudiences(db)): CredentialDossier | undefined {
  const stored = db
    .prepare(
      `SELECT c.id, c.jwt_header AS header, c.jwt_claims AS claims, u.first_use AS first, u.last_use AS last
         FROM credential_use u JOIN credential c ON c.id = u.credential_id WHERE u.key = ?`,
    )
    .get<Stored>(key);
  const credential = credentialRows(db, [key])[0];
  if (stored === undefined || credential === undefined) return undefined;
  const [header, claims] = [readClaims(stored.header), readClaims(stored.claims)];
  const gap = db
    .prepare('SELECT gap_from AS "from", gap_to AS "to", earlier_gap AS earlier FROM credential_life WHERE credential_id = ?')
    .get<{ from: number; to: number; earlier: number }>(stored.id);
  const exposures = listExposures(db, stored);
  const callers = credential.principalKind === 'human' ? 'people' : credential.principalKind === undefined || credential.principalKind === 'unknown' ? 'unknown' : 'machines';
  const contexts = listContexts(db, stored.id);
  return {
    credential,
    ...(header === undefined || claims === undefined ? {} : { jwt: { header, claims } }),
    ...(claims === undefined ? {} : { signature: credential.signature ?? toSignatureJson({ reason: 'no-keys' }) }),
    ladder: ladderOf(listShown(db, stored.id), audiences, callers),
    contexts: contexts.slice(0, SHOWN),
    contextsInAll: contexts.length,
    hosts: listHosts(db, stored.id, claims === undefined ? [] : claimList(claims, 'aud'), audiences),
    users: listUsers(db, stored.id),
    exposures,
    events: listEvents(db, stored, claims ?? {}, exposures),
    activity: readActivity(db, stored),
    ...(gap === undefined || gap.to <= gap.from ? {} : { gap: { from: timeOf(gap.from), to: timeOf(gap.to), seconds: Math.round((gap.to - gap.from) / 1e6), earlierSeconds: Math.round(gap.earlier / 1e6) } }),
    findings: db
      .prepare("SELECT f.key AS id, json_extract(f.data, '$.title') AS title, f.severity FROM finding f WHERE EXISTS (SELECT 1 FROM json_each(f.data, '$.credentials') j WHERE j.value = ?) ORDER BY f.rank")
      .all<{ id: string; title: string; severity: Severity }>(key),
  };
} // prettier-ignore

/** TLS clients of a credential by source and network, the busiest first. */
function readTlsClients(db: SqlDriver, credential: number): ReadonlyMap<string, readonly string[]> {
  const clients = new Map<string, string[]>();
  for (const { source, network, fingerprint } of db
    .prepare(
      `SELECT x.source_id AS source, x.network, t.value AS fingerprint FROM credential_tls x JOIN term t ON t.id = x.fingerprint_id
        WHERE x.credential_id = ? ORDER BY x.calls DESC, t.value`,
    )
    .all<{ source: number; network: string; fingerprint: string }>(credential)) {
    const key = `${String(source)} ${network}`;
    clients.set(key, [...(clients.get(key) ?? []), fingerprint]);
  }
  return clients;
}

/** Of one context. */
const MAX_TLS_CLIENTS = 10;

function listContexts(db: SqlDriver, credential: number): readonly CredentialContext[] {
  const clients = readTlsClients(db, credential);
  return db
    .prepare(
      `SELECT x.source_id AS sourceId, s.name AS source, x.network, x.family, x.calls, x.accepted, x.first_use AS first, x.last_use AS last
         FROM credential_context x JOIN source s ON s.id = x.source_id WHERE x.credential_id = ? ORDER BY x.first_use IS NULL, x.first_use, s.name, x.network, x.family`,
    )
    .all<
      Omit<CredentialContext, 'first' | 'last'> & { readonly sourceId: number; readonly first: number | null; readonly last: number | null }
    >(credential)
    .map(({ sourceId, first, last, ...row }) => {
      const tls = clients.get(`${String(sourceId)} ${row.network}`)?.slice(0, MAX_TLS_CLIENTS);
      return {
        ...row,
        ...(tls === undefined ? {} : { tls }),
        ...(first === null || last === null ? {} : { first: timeOf(first), last: timeOf(last) }),
      };
    });
}

function listHosts(db: SqlDriver, credential: number, audience: readonly string[], audiences: AudienceMap): CredentialDossier['hosts'] {
  const term = termReader(db);
  return db
    .prepare(`SELECT host_id AS host, calls, accepted, stale FROM credential_host WHERE credential_id = ? ORDER BY calls DESC, host_id LIMIT ${String(SHOWN)}`)
    .all<{ host: number; calls: number; accepted: number; stale: number }>(credential)
    .map(({ host: id, ...row }) => {
      const host = term(id) ?? '';
      return { host, ...row, audience: audience.length === 0 || host === '' ? 'unknown' : audiences.judge(audience, host) };
    });
} // prettier-ignore

const listUsers = (db: SqlDriver, credential: number): CredentialDossier['users'] =>
  db
    .prepare(
      `SELECT p.key AS id, p.label, count(*) AS calls FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id
        WHERE c.credential_id = ? AND f.same_as IS NULL GROUP BY p.id ORDER BY calls DESC, p.key LIMIT ${String(SHOWN)}`,
    )
    .all<CredentialDossier['users'][number]>(credential);

/** Where it stood in the open, by the fingerprint that import kept of it. */
function listExposures(db: SqlDriver, { id, first }: Stored): CredentialDossier['exposures'] {
  const term = termReader(db);
  return db
    .prepare(
      `SELECT s.name || '#' || c.record AS ref, c.time, x.side, x.pointer_id AS pointer, x.type FROM exposure x JOIN call c ON c.id = x.call_id JOIN source s ON s.id = c.source_id
        WHERE x.credential_id = ? ORDER BY c.time IS NULL, c.time, s.name, c.record LIMIT ${String(SHOWN)}`,
    )
    .all<{ ref: string; time: number | null; side: string; pointer: number; type: string }>(id)
    .map(({ ref, time, side, pointer, type }) => ({
      call: ref,
      ...(time === null ? {} : { time: timeOf(time) }),
      where: `${type === 'issued-token' ? 'issued in ' : ''}${side} ${term(pointer) ?? ''}`.trim(),
      beforeUse: time !== null && (first === null || time <= first),
    }));
}

function listEvents(db: SqlDriver, { id }: Stored, claims: NonNullable<ReturnType<typeof readClaims>>, exposures: CredentialDossier['exposures']): readonly LifeEvent[] {
  const dated = (kind: LifeEvent['kind'], claim: string, text: string): readonly LifeEvent[] => {
    const seconds = claimSeconds(claims, claim);
    return seconds === undefined ? [] : [{ kind, time: timeOf(seconds * 1e6), text }];
  };
  const first = db.prepare(
    `SELECT s.name || '#' || c.record AS ref, c.time FROM call c JOIN source s ON s.id = c.source_id JOIN call_fact f ON f.call_id = c.id
      WHERE c.credential_id = ? AND c.status = ? AND c.time IS NOT NULL AND f.same_as IS NULL ORDER BY c.time, s.name, c.record LIMIT 1`,
  );
  const refused = REFUSALS.flatMap((status) => {
    const row = first.get<{ ref: string; time: number }>(id, status);
    return row === undefined ? [] : [{ kind: 'refused' as const, time: timeOf(row.time), text: `first refused with ${String(status)}`, call: row.ref }];
  });
  return [
    ...dated('issued', 'iat', 'issued, as it says itself'),
    ...dated('valid-from', 'nbf', 'valid from'),
    ...exposures.flatMap(({ call, time, where }) => (time === undefined ? [] : [{ kind: 'exposed' as const, time, text: where, call }])),
    ...refused,
    ...dated('expires', 'exp', 'expires, as it says itself'),
  ].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
} // prettier-ignore

function readActivity(db: SqlDriver, { id, first, last }: Stored): CredentialDossier['activity'] {
  if (first === null || last === null) return undefined;
  const width = Math.max(1, Math.ceil((last - first + 1) / BINS));
  const [counts, refused] = [new Array<number>(BINS).fill(0), new Array<number>(BINS).fill(0)];
  for (const { bin, calls, bad } of db
    .prepare(
      `SELECT (c.time - ?) / ? AS bin, count(*) AS calls, sum(ifnull(c.status IN (${REFUSALS.join(', ')}), 0)) AS bad FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.credential_id = ? AND c.time IS NOT NULL AND f.same_as IS NULL GROUP BY 1`,
    )
    .all<{ bin: number; calls: number; bad: number }>(first, width, id)) {
    const at = Math.max(0, Math.min(BINS - 1, Math.floor(bin)));
    counts[at] = (counts[at] ?? 0) + calls;
    refused[at] = (refused[at] ?? 0) + bad;
  }
  return { from: timeOf(first), to: timeOf(last), sliceMicros: width, counts, refused };
}
