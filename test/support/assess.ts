import type { LeastPrivilegeJson } from '#shared/contract/report-json.ts';
import { leastPrivilege } from '#shared/engine/privilege/conclude.ts';
import { listLeastPrivilege } from '#shared/engine/privilege/read.ts';
import type { TextCase } from './calls-from-text.ts';
import { detect } from './detect.ts';

/** A case with the policies that were concluded. */
export interface Assessed extends TextCase {
  readonly policies: readonly LeastPrivilegeJson[];
}

/** What a test says of a case before least privilege is concluded. */
export interface AssessOptions {
  /** The baseline window; without it the case has none. Units: µs. */
  readonly baseline?: readonly [from: number, to: number];
  /** References of the calls of one incident finding. */
  readonly incident?: readonly string[];
  /** True when the analyst dismissed that finding. */
  readonly dismissed?: boolean;
  readonly tokens?: Readonly<Record<string, { readonly claims: object }>>;
  /** Scopes that a list of principals grants, by label of the principal. */
  readonly grants?: Readonly<Record<string, readonly string[]>>;
  /** Scopes that operations need, by `METHOD /path`. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
}

/** Gives operations a description that says which scopes they need. */
function describe({ db }: TextCase, needs: NonNullable<AssessOptions['needs']>): void {
  for (const [key, scopes] of Object.entries(needs)) {
    const [method = '', path = ''] = key.split(' ');
    const id = db
      .prepare(
        "INSERT INTO operation (specification_id, record, byte_start, byte_length, method, path, deprecated, secured, security, tags, request_fields, response_fields) VALUES (1, 1, 0, 1, ?, ?, 0, 1, ?, '[]', '[]', '[]')",
      )
      .run(method, path, JSON.stringify([{ scheme: 'oauth', scopes }])).lastId;
    db.prepare('UPDATE endpoint SET operation_id = ? WHERE method = ? AND template = ?').run(id, method, path);
  }
}

/** Builds a case from a text of calls, with its baseline window and one incident finding as told, and concludes least privilege. */
export async function assess(
  text: string,
  { baseline, incident = [], dismissed = false, tokens, needs, grants = {} }: AssessOptions = {},
): Promise<Assessed> {
  const made = await detect([], text, { ...(tokens === undefined ? {} : { tokens }), servers: ['https://api.acme.test'] }, (kase) => {
    if (needs !== undefined) describe(kase, needs);
  });
  const { db } = made;
  db.exec("DELETE FROM meta WHERE key IN ('baseline_from', 'baseline_to')");
  const meta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  if (baseline !== undefined) {
    meta.run('baseline_from', String(baseline[0]));
    meta.run('baseline_to', String(baseline[1]));
  }
  for (const [label, scopes] of Object.entries(grants))
    db.prepare('UPDATE principal SET traits = ? WHERE label = ?').run(JSON.stringify({ list: 'iam.csv', grants: scopes }), label);
  if (incident.length > 0) {
    const finding = db
      .prepare("INSERT INTO finding (key, detector, family, rank, severity, data) VALUES ('t:1', 't', 'incident', 1, 'high', ?)")
      .run(JSON.stringify({ status: dismissed ? 'dismissed' : 'suggested' })).lastId;
    const call = db.prepare('INSERT INTO finding_call (finding_id, position, call_id) VALUES (?, ?, ?)');
    for (const [position, ref] of incident.entries()) call.run(finding, position, made.id(ref));
  }
  await leastPrivilege.run(made.context);
  return { ...made, policies: listLeastPrivilege(db) };
}
