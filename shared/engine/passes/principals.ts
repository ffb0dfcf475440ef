import { AGENT_TABLE_VERSION } from './principals/agent-table.ts';
import { classify, type Classified, type Traits } from './principals/classify.ts';
import { eachCombo, eachRange, groupCalls, type Combo } from './principals/combos.ts';
import { readCredentials, writeCredentialUses, type CredentialUse } from './principals/credentials.ts';
import type { Identity } from './principals/identity.ts';
import { readNames } from './principals/names.ts';
import { principalKeys } from './principals/principal-key.ts';
import { createResolver } from './principals/resolve.ts';
import type { Pass, PassContext } from './pass.ts';

/** Different User-Agent texts counted of one principal; more say nothing new. */
const MAX_USER_AGENTS = 500;

interface Gathered {
  readonly identity: Identity;
  readonly userAgents: Map<string, number>;
  readonly signals: Map<string, number>;
  readonly consumers: Set<string>;
  hasSessionCookie: boolean;
  calls: number;
  toolCalls: number;
  first: number | undefined;
  last: number | undefined;
}

/** Finds out who called: groups calls by what they show of their caller, names each principal and says what it is and why. */
export const principalsPass: Pass = {
  id: 'principals',
  version: 1,
  title: 'Principals and credentials',
  needs: [],
  async run(context) {
    const { db } = context;
    const names = readNames(db);
    await groupCalls(context);
    const credentials = await readCredentials(context, names);
    const resolver = createResolver(credentials, names);
    const gathered = new Map<string, Gathered>();
    await eachCombo(context, (combo) => {
      const identity = resolver.resolve(combo);
      let principal = gathered.get(identity.text);
      if (principal === undefined) gathered.set(identity.text, (principal = startGathering(identity)));
      gather(principal, combo, credentials.get(combo.credential), (id) => names.find(id));
    });
    const ids = new Map([...gathered.keys()].map((text, index) => [text, index + 1]));
    await markCombos(context, (combo) => ids.get(resolver.resolve(combo).text) ?? 0);
    addSignals(context, [...gathered.values()]);
    const classified = [...gathered.values()].map((principal) => ({ principal, ...classify(principal satisfies Traits) }));
    writePrincipals(context, classified, credentials, (credential) =>
      ids.get(resolver.resolve({ credential, consumer: 0, ip: 0, userAgent: 0 }).text),
    );
    await writeFacts(context);
    db.exec('DROP TABLE temp.combo; DROP TABLE temp.source_rank');
    return methodSentence(
      classified.map(({ principal, kind }) => ({ kind, isWeak: principal.identity.isWeak, calls: principal.calls })),
      credentials.size,
    );
  },
};

const startGathering = (identity: Identity): Gathered => ({
  identity, userAgents: new Map(), signals: new Map(), consumers: new Set(), hasSessionCookie: false, calls: 0, toolCalls: 0, first: undefined, last: undefined,
}); // prettier-ignore

function gather(principal: Gathered, combo: Combo, credential: CredentialUse | undefined, name: (id: number) => string | undefined): void {
  const userAgent = name(combo.userAgent) ?? '';
  if (principal.userAgents.size < MAX_USER_AGENTS || principal.userAgents.has(userAgent)) {
    principal.userAgents.set(userAgent, (principal.userAgents.get(userAgent) ?? 0) + combo.calls);
  }
  const consumer = name(combo.consumer);
  if (consumer !== undefined) principal.consumers.add(consumer);
  principal.hasSessionCookie ||= credential?.kind === 'session';
  principal.calls += combo.calls;
  principal.toolCalls += combo.toolCalls;
  if (combo.first !== null) principal.first = Math.min(principal.first ?? Infinity, combo.first);
  if (combo.last !== null) principal.last = Math.max(principal.last ?? -Infinity, combo.last);
}

/** Writes into every combination whose it is; the number is the place in the list of principals and becomes the row id. */
async function markCombos(context: PassContext, principalOf: (combo: Combo) => number): Promise<void> {
  const mark = context.db.prepare('UPDATE combo SET principal = ? WHERE id = ?');
  await eachCombo(context, (combo) => mark.run(principalOf(combo), combo.id));
}

/** Adds the marks of agents and SDKs that intake noted call by call. */
function addSignals({ db }: PassContext, principals: readonly Gathered[]): void {
  const rows = db
    .prepare(
      `SELECT m.principal AS principal, t.value AS signal, count(*) AS calls
         FROM data_seen d JOIN term t ON t.id = d.pointer_id JOIN call c ON c.id = d.call_id
         JOIN combo m ON m.credential = ifnull(c.credential_id, 0) AND m.consumer = ifnull(c.consumer_id, 0) AND m.ip = ifnull(c.client_ip_id, 0) AND m.user_agent = ifnull(c.user_agent_id, 0)
        WHERE d.type = 'agent-signal' GROUP BY 1, 2`,
    )
    .all<{ principal: number; signal: string; calls: number }>();
  for (const { principal, signal, calls } of rows) principals[principal - 1]?.signals.set(signal, calls);
}

type ClassifiedPrincipal = Classified & { readonly principal: Gathered };

function writePrincipals(
  { db, crypto }: PassContext,
  classified: readonly ClassifiedPrincipal[],
  credentials: ReadonlyMap<number, CredentialUse>,
  principalOf: (credential: number) => number | undefined,
): void {
  const keys = principalKeys(
    classified.map(({ kind, principal }) => ({ kind, name: principal.identity.name, text: principal.identity.text })),
    crypto,
  );
  const insert = db.prepare(
    'INSERT INTO principal (id, key, label, kind, rung, why, weak, calls, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const exists = db.prepare('SELECT 1 FROM principal WHERE id = ?');
  db.transaction(() => {
    db.exec('DELETE FROM credential_use; DELETE FROM principal');
    for (const [index, { principal, kind, rung, why }] of classified.entries()) {
      const { identity } = principal;
      const sentence = `${capital(identity.how)}. ${capital(kind === 'unknown' ? why : `taken for ${article(kind)} because ${why}`)}.`;
      insert.run(
        index + 1,
        keys[index] ?? '',
        identity.label,
        kind,
        rung,
        sentence,
        identity.isWeak ? 1 : 0,
        principal.calls,
        principal.first ?? null,
        principal.last ?? null,
      );
    }
    writeCredentialUses({ db }, credentials.values(), (credential) => {
      const id = principalOf(credential);
      return id !== undefined && exists.get(id) !== undefined ? id : undefined;
    });
  });
}

const article = (kind: string): string => (kind === 'human' ? 'a person' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One row of facts a call. A pass that is stopped on the way leaves none. */
async function writeFacts(context: PassContext): Promise<void> {
  const { db } = context;
  db.exec(
    'DROP INDEX IF EXISTS fact_principal; DROP INDEX IF EXISTS fact_endpoint; DROP INDEX IF EXISTS fact_chain; DROP INDEX IF EXISTS fact_same; DELETE FROM call_fact',
  );
  const insert = db.prepare(
    `INSERT INTO call_fact (call_id, principal_id)
     SELECT c.id, m.principal FROM call c
       JOIN combo m ON m.credential = ifnull(c.credential_id, 0) AND m.consumer = ifnull(c.consumer_id, 0) AND m.ip = ifnull(c.client_ip_id, 0) AND m.user_agent = ifnull(c.user_agent_id, 0)
      WHERE c.id BETWEEN ? AND ?`,
  );
  try {
    await eachRange(context, (from, to) => insert.run(from, to));
  } catch (stopped) {
    db.exec('DELETE FROM call_fact');
    throw stopped;
  } finally {
    db.exec('CREATE INDEX IF NOT EXISTS fact_principal ON call_fact(principal_id)');
    db.exec('CREATE INDEX IF NOT EXISTS fact_chain ON call_fact(chain_id) WHERE chain_id IS NOT NULL');
    db.exec('CREATE INDEX IF NOT EXISTS fact_same ON call_fact(same_as) WHERE same_as IS NOT NULL');
  }
}

function methodSentence(
  principals: readonly { readonly kind: string; readonly isWeak: boolean; readonly calls: number }[],
  credentials: number,
): string {
  const count = (kind: string): number => principals.filter((principal) => principal.kind === kind).length;
  const weak = principals.filter((principal) => principal.isWeak);
  return (
    `${String(principals.length)} principals (${String(count('human'))} people, ${String(count('service'))} services, ${String(count('agent'))} agents, ${String(count('unknown'))} unknown) ` +
    `from ${String(credentials)} credentials, gateway consumers and networks; ${String(weak.length)} of them are told by network and User-Agent only. ` +
    `Agents are recognised by the tables of ${AGENT_TABLE_VERSION}.`
  );
}
