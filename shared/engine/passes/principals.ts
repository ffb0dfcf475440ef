import { groupBy } from '../../lib/group-by.ts';
import type { IamEntry } from '../../model/knowledge/iam.ts';
import { dropFactIndices } from '../store/migrations/0001-first.ts';
import { setMeta } from '../store/meta.ts';
import { LIST_MATCHES, readIam, readKeys, readRanges, type Named } from '../store/read/knowledge.ts';
import { identitiesInForce, readIdentityGroups } from '../store/read/principals/identity-edits.ts';
import { AGENT_TABLE_VERSION } from './principals/agent-table.ts';
import { watchBehaviour } from './principals/behaviour.ts';
import { judgeCalls, tallySignatures } from './principals/check-signatures.ts';
import { classify, type Classified, type Traits } from './principals/classify.ts';
import { eachCombo, eachRange, groupCalls, readNameGivers, type Combo } from './principals/combos.ts';
import { readCredentials, writeCredentialUses, type CredentialUse } from './principals/credentials.ts';
import { createRangeChecker, gather, startGathering, type Gathered } from './principals/gather.ts';
import { createIamFinder } from './principals/iam-match.ts';
import { findNormalLife } from './principals/normal-life.ts';
import { readNames } from './principals/names.ts';
import { principalKeys } from './principals/principal-key.ts';
import { createResolver } from './principals/resolve.ts';
import { consumerOf, findTracedCalls } from './principals/traced-calls.ts';
import { createTraitsWriter } from './principals/traits.ts';
import type { Pass, PassContext } from './pass.ts';

/** Joins a call with the combination that it belongs to. */
const COMBO_OF_CALL = (alias: string): string =>
  `JOIN combo ${alias} ON ${alias}.credential = ifnull(c.credential_id, 0) AND ${alias}.consumer = ${consumerOf('c')} AND ${alias}.ip = ifnull(c.client_ip_id, 0) AND ${alias}.user_agent = ifnull(c.user_agent_id, 0)`;

/** Finds out who called: groups calls by what they show of their caller, names each principal and says what it is and why. */
export const principalsPass: Pass = {
  id: 'principals',
  version: 8,
  title: 'Principals and credentials',
  needs: [],
  fills: ['credential_use', 'principal', 'call_fact'],
  inputs: identitiesInForce,
  async run(context) {
    const { db } = context;
    const names = readNames(db);
    const traceCallers = findTracedCalls(db);
    await groupCalls(context);
    const credentials = await readCredentials(context, names);
    const groups = readIdentityGroups(db);
    const givers = readNameGivers(context);
    const resolver = createResolver(credentials, names, traceCallers, groups.isApart, (consumer) => givers.get(consumer));
    const ranges = createRangeChecker(readRanges(db));
    const gathered = new Map<string, Gathered>();
    await eachCombo(context, (combo) => {
      const identity = resolver.resolve(combo);
      const text = groups.standsFor(identity.text);
      let principal = gathered.get(text);
      if (principal === undefined) gathered.set(text, (principal = startGathering(identity)));
      // Of those that the analyst merged, the first gives the name, whichever is met first.
      else if (identity.text === text) principal.identity = identity;
      gather(principal, combo, { credential: credentials.get(combo.credential), names, ranges });
    });
    const ids = new Map([...gathered.keys()].map((text, index) => [text, index + 1]));
    const idOf = (combo: Pick<Combo, 'credential' | 'consumer' | 'ip' | 'userAgent'>): number | undefined =>
      ids.get(groups.standsFor(resolver.resolve(combo).text));
    await markCombos(context, (combo) => idOf(combo) ?? 0);
    const all = [...gathered.values()];
    addSignals(context, all);
    const listed = readIam(db);
    const finder = createIamFinder(listed);
    for (const principal of all) principal.listed = finder.find(principal.identity, principal);
    await addChecks(context, all);
    const classified = all.map((principal) => ({ principal, ...classify(toTraits(principal)) }));
    const traitsOf = createTraitsWriter(resolver, groups, credentials);
    writePrincipals(context, classified, traitsOf, credentials, (credential) => idOf({ credential, consumer: 0, ip: 0, userAgent: 0 }));
    await writeFacts(context);
    db.exec(
      'DROP TABLE temp.combo; DROP TABLE temp.source_rank; DROP TABLE temp.consumer_source; DROP TABLE temp.traced_call; DROP TABLE temp.trace_caller',
    );
    const sentence = methodSentence(
      classified.map(({ principal, kind }) => ({ kind, isWeak: principal.identity.isWeak, calls: principal.calls })),
      credentials.size,
    );
    const lists = listSentences(listed, finder.unmatched());
    setMeta(db, LIST_MATCHES, JSON.stringify(lists));
    return [sentence, ...lists].join(' ');
  },
};

const toTraits = (principal: Gathered): Traits => ({
  ...principal,
  ranges: [...principal.rangeChecks.values()],
  // Behind a network stand strangers, none of whom is the visitor of another.
  normalLife: principal.identity.isWeak ? undefined : findNormalLife(principal.programs),
});

/** Adds what costs a look at single calls: signatures, and the habits of those that nothing better tells of. */
async function addChecks(context: PassContext, principals: readonly Gathered[]): Promise<void> {
  const judged = judgeCalls(context, readKeys(context.db, 'key-directory'), COMBO_OF_CALL('owner'));
  for (const [id, check] of await tallySignatures(judged)) {
    const principal = principals[id - 1];
    if (principal !== undefined) principal.signatures = check;
  }
  const open = principals.flatMap((principal, index) => {
    if (principal.identity.isWeak) return [];
    const { kind, rung } = classify(toTraits(principal));
    return kind === 'unknown' || (kind === 'service' && rung === 6) ? [index + 1] : [];
  });
  for (const [id, why] of await watchBehaviour(context, new Set(open), COMBO_OF_CALL('m'))) {
    const principal = principals[id - 1];
    if (principal !== undefined) principal.behaviour = why;
  }
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
         FROM data_seen d JOIN term t ON t.id = d.pointer_id JOIN call c ON c.id = d.call_id ${COMBO_OF_CALL('m')}
        WHERE d.type = 'agent-signal' GROUP BY 1, 2`,
    )
    .all<{ principal: number; signal: string; calls: number }>();
  for (const { principal, signal, calls } of rows) principals[principal - 1]?.signals.set(signal, calls);
}

type ClassifiedPrincipal = Classified & { readonly principal: Gathered };

function writePrincipals(
  { db, crypto }: PassContext,
  classified: readonly ClassifiedPrincipal[],
  traitsOf: (principal: Traits, decided: Classified) => string,
  credentials: ReadonlyMap<number, CredentialUse>,
  principalOf: (credential: number) => number | undefined,
): void {
  const keys = principalKeys(
    classified.map(({ kind, principal }) => ({ kind, name: principal.identity.name, text: principal.identity.text })),
    crypto,
  );
  const insert = db.prepare(
    'INSERT INTO principal (id, key, label, kind, rung, why, weak, calls, first_seen, last_seen, identity, traits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
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
        labelOf(principal),
        kind,
        rung,
        sentence,
        identity.isWeak ? 1 : 0,
        principal.calls,
        principal.first ?? null,
        principal.last ?? null,
        identity.text,
        traitsOf(toTraits(principal), { kind, rung, why }),
      );
    }
    writeCredentialUses({ db }, credentials.values(), (credential) => {
      const id = principalOf(credential);
      return id !== undefined && exists.get(id) !== undefined ? id : undefined;
    });
  });
}

/** How a principal is called: where a list has a name beside the id that the evidence shows, by that, too. */
const labelOf = ({ identity, listed }: Gathered): string =>
  listed?.name === undefined || identity.label.toLowerCase().includes(listed.name.toLowerCase())
    ? identity.label
    : `${listed.name} (${identity.label})`;

const article = (kind: string): string => (kind === 'human' ? 'a person' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One row of facts a call. A pass that is stopped on the way leaves none. */
async function writeFacts(context: PassContext): Promise<void> {
  const { db } = context;
  db.exec(`${dropFactIndices}; DELETE FROM call_fact`);
  const insert = db.prepare(
    `INSERT INTO call_fact (call_id, principal_id)
     SELECT c.id, m.principal FROM call c
       ${COMBO_OF_CALL('m')}
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
  const many = (value: number): string => value.toLocaleString('en-US');
  const count = (kind: string): string => many(principals.filter((principal) => principal.kind === kind).length);
  const weak = principals.filter((principal) => principal.isWeak);
  return (
    `${many(principals.length)} principals at first, before inner hops and other names of the same ones are taken together (${count('human')} people, ${count('service')} services, ${count('agent')} agents, ${count('unknown')} unknown) ` +
    `from ${many(credentials)} credentials, gateway consumers and networks; ${many(weak.length)} are told by network and User-Agent only. ` +
    `Agents are recognised by the tables of ${AGENT_TABLE_VERSION}.`
  );
}

/** Names of rows that nothing matched which are said; the others are counted. */
const NAMED_ROWS = 5;

/** What became of each list of principals: a name that is spelt otherwise than in the evidence would else stand for nobody unseen. */
function listSentences(listed: readonly Named<IamEntry>[], unmatched: readonly Named<IamEntry>[]): readonly string[] {
  return [...groupBy(listed, ({ file }) => file)].map(([file, rows]) => {
    const without = unmatched.filter((entry) => entry.file === file).map(({ principal }) => principal);
    if (without.length === 0) return `All ${String(rows.length)} rows of ${file} name principals of the evidence.`;
    const more = without.length > NAMED_ROWS ? ` and ${String(without.length - NAMED_ROWS)} more` : '';
    return `${String(rows.length - without.length)} of ${String(rows.length)} rows of ${file} name principals of the evidence; nobody there is called ${without.slice(0, NAMED_ROWS).join(', ')}${more}.`;
  });
}
