import type { PrincipalKind } from '../../../contract/report-json.ts';
import { SHOWN_CREDENTIAL } from '../../store/credential-sql.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';

/** Who a signal is about. */
export interface SignalPrincipal {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
}

/** The endpoint that most of its calls go to. */
export interface SignalEndpoint {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  /** 0 … 3. */
  readonly sensitivity: number;
}

/** A signal of the signals pass with its names. */
export interface ReadSignal {
  readonly principal: SignalPrincipal;
  readonly endpoint: SignalEndpoint;
  /** Units: µs. */
  readonly start: number;
  readonly end: number;
  readonly p: number;
  readonly q: number;
  readonly number: (name: string) => number;
  readonly text: (name: string) => string;
  readonly is: (name: string) => boolean;
  /** Its whole evidence, in time order. */
  readonly calls: readonly number[];
}

interface Row {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly p: number;
  readonly q: number;
  readonly data: string;
  readonly principal: number;
  readonly principal_key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly endpoint: number;
  readonly endpoint_key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly sensitivity: number;
}

/** All signals of one kind, in an order that does not depend on the import. */
export function readSignals(db: SqlDriver, kind: string): readonly ReadSignal[] {
  const calls = db.prepare('SELECT call_id FROM signal_call WHERE signal_id = ? ORDER BY position');
  return db
    .prepare(
      `SELECT s.id, s.start, s.end, s.p, s.q, s.data, p.id AS principal, p.key AS principal_key, p.label, p.kind,
         e.id AS endpoint, e.key AS endpoint_key, e.method, e.host, e.template, e.sensitivity
       FROM signal s JOIN principal p ON p.id = s.principal_id JOIN endpoint e ON e.id = s.endpoint_id
       WHERE s.kind = ? ORDER BY p.key, e.key, s.start, s.id`,
    )
    .all<Row>(kind)
    .map((row) => {
      // Written by the signals pass.
      const facts = JSON.parse(row.data) as Readonly<Record<string, unknown>>;
      return {
        principal: { id: row.principal, key: row.principal_key, label: row.label, kind: row.kind },
        endpoint: {
          id: row.endpoint,
          key: row.endpoint_key,
          method: row.method,
          host: row.host,
          template: row.template,
          sensitivity: row.sensitivity,
        },
        start: row.start,
        end: row.end,
        p: row.p,
        q: row.q,
        number: (name) => Number(facts[name] ?? 0),
        text: (name) => (typeof facts[name] === 'string' ? facts[name] : ''),
        is: (name) => facts[name] === true,
        calls: calls.all<{ call_id: number }>(row.id).map(({ call_id }) => call_id),
      };
    });
}

/** Why nothing can be said when no call names its caller; undefined when some do. */
export function missingCallers(db: SqlDriver): string | undefined {
  return db.prepare('SELECT 1 FROM call_fact WHERE principal_id IS NOT NULL LIMIT 1').get() === undefined
    ? 'no call names its principal: no consumer, credential or client address in the evidence'
    : undefined;
}

/** Why nothing can be said without times; undefined when calls have some. */
export function missingTimes(db: SqlDriver): string | undefined {
  return db.prepare('SELECT 1 FROM call WHERE time IS NOT NULL LIMIT 1').get() === undefined ? 'no call has a time' : undefined;
}

/** Credentials, endpoints and chains of calls, by row id: what a draft names beside its principals. */
export function whatOf(db: SqlDriver, calls: readonly number[]): Pick<FindingDraft, 'credentials' | 'endpoints' | 'chains' | 'calls'> {
  const select = db.prepare(
    `SELECT ${SHOWN_CREDENTIAL} AS credential, f.endpoint_id AS endpoint, f.chain_id AS chain FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id = ?`,
  );
  const [credentials, endpoints, chains] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const id of calls) {
    const row = select.get<{ credential: number | null; endpoint: number | null; chain: number | null }>(id);
    if (row === undefined) continue;
    if (row.credential !== null) credentials.add(row.credential);
    if (row.endpoint !== null) endpoints.add(row.endpoint);
    if (row.chain !== null) chains.add(row.chain);
  }
  return { credentials: [...credentials], endpoints: [...endpoints], chains: [...chains], calls };
}

/** `p 1.2e-4`: a probability as reports print it. */
export const rareness = (p: number): string => (p >= 0.001 ? p.toFixed(3) : p.toExponential(1));
