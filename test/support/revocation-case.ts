import type { Severity } from '#shared/contract/report-json.ts';
import { reachPass } from '#shared/engine/passes/reach.ts';
import { revocationsPass } from '#shared/engine/passes/revocations.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { interner } from '#shared/engine/store/intern.ts';
import { caseFromText, type TextCase, type TextOptions } from './calls-from-text.ts';

interface FindingText {
  readonly detector?: string;
  readonly family?: 'incident' | 'posture';
  readonly severity?: Severity;
  readonly status?: 'suggested' | 'dismissed';
  /** True: its own rule tells that somebody else held the credentials. */
  readonly showsTheft?: boolean;
  /** Keys of credentials that it names. */
  readonly credentials?: readonly string[];
  /** References of its calls. */
  readonly calls: readonly string[];
}

/** A secret that a call showed in the open or handed out. */
export interface Shown {
  readonly call: string;
  readonly side: 'request' | 'response' | 'query';
  readonly place: string;
  readonly credential: string;
}

const idOf = (db: SqlDriver, key: string): number =>
  db.prepare('SELECT credential_id AS id FROM credential_use WHERE key = ?').get<{ id: number }>(key)?.id ?? 0;

function addFinding({ db, id }: TextCase, finding: FindingText, at: number): void {
  const { detector = 'bola-enumeration', family = 'incident', severity = 'high', status = 'suggested', credentials = [], calls } = finding;
  const stolen = { cause: 'stolen', speaks: 'for', strength: 'strong', text: '', finding: `${detector}:${String(at)}` };
  const data = {
    id: `${detector}:${String(at)}`,
    detector,
    family,
    severity,
    status,
    confidence: 'observed',
    title: 'a finding',
    credentials,
    ...(finding.showsTheft === true ? { rootCause: { kind: 'stolen', why: '', signs: [stolen] } } : {}),
  };
  db.prepare('INSERT INTO finding (id, key, detector, family, rank, severity, data) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    at,
    data.id,
    detector,
    family,
    at,
    severity,
    JSON.stringify(data),
  );
  for (const [position, ref] of calls.entries())
    db.prepare('INSERT INTO finding_call (finding_id, position, call_id) VALUES (?, ?, ?)').run(at, position, id(ref));
}

/** A case from a text of calls with findings as detectors would have left them, and what the reach pass makes of it. */
export async function revocationCase(
  text: string,
  findings: readonly FindingText[],
  { shown = [], ...options }: TextOptions & { readonly shown?: readonly Shown[] } = {},
): Promise<TextCase> {
  const made = caseFromText(text, options);
  const term = interner(made.db);
  for (const { call, side, place, credential } of shown)
    made.db
      .prepare("INSERT INTO exposure (call_id, side, pointer_id, type, credential_id) VALUES (?, ?, ?, 'jwt', ?)")
      .run(made.id(call), side, term(place), idOf(made.db, credential));
  made.db.exec('UPDATE credential_use SET first_use = (SELECT min(time) FROM call c WHERE c.credential_id = credential_use.credential_id)');
  for (const [index, finding] of findings.entries()) addFinding(made, finding, index + 1);
  await reachPass.run(made.context);
  await revocationsPass.run(made.context);
  return made;
}
