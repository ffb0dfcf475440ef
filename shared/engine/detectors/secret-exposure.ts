import { registrableDomain } from '../../lib/domains.ts';
import type { SqlDriver } from '../store/driver.ts';
import { termReader } from '../store/read/terms.ts';
import { readReach } from './credentials/sensitive-calls.ts';
import { findTaken, MIN_BEFORE } from './credentials/taken-secret.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { egressFacts, egressLedger, MASS, readEgress } from './exhibits/egress.ts';
import { whatOf } from './signals/read-signals.ts';
import { countOf, dataOf, listOf, plural, sizeOf } from './spoken.ts';

/** Where a token endpoint hands out what it is for; that is its job, not an exposure. */
const ISSUED = 'issued-token';
/** Names of values that are made to be public, and of the half of a key that only says which one it is. */
const PUBLIC_NAME =
  /(?:^|[._-])(?:client_?id|access_?key_?id|publishable|public(?:_?key)?|pk|site_?key|csrf|xsrf|nonce|state|code_challenge)$/i;
/** Words for the places. */
const PLACES: Readonly<Record<string, string>> = {
  query: 'in the query of',
  path: 'in the path of',
  request: 'in request bodies of',
  response: 'in answers of',
  'request-header': 'in a request header of',
  'response-header': 'in an answer header of',
};

interface Exposed {
  readonly call: number;
  readonly time: number | null;
  readonly side: string;
  readonly pointer: string;
  readonly type: string;
  readonly credential: number;
  readonly masked: string;
  readonly endpoint: number | null;
  readonly endpointKey: string;
  readonly principal: number | null;
  readonly standing: number;
  readonly chain: number | null;
}

type ExposureRow = Omit<Exposed, 'pointer' | 'endpointKey'> & {
  readonly pointer: number;
  readonly endpointKey: string | null;
  readonly referer: number | null;
  readonly used: number;
};

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).hostname : '');

/** Sites of the evidence by their registrable domain; where the records name no host, the one that most pages belong to which visitors came from. */
function ownSites(db: SqlDriver): ReadonlySet<string> {
  const hosts = db.prepare("SELECT DISTINCT host FROM endpoint WHERE host <> ''").all<{ host: string }>();
  if (hosts.length > 0) return new Set(hosts.map(({ host }) => registrableDomain(host)));
  const pages = new Map<string, number>();
  const referers = db.prepare('SELECT t.value, count(*) AS calls FROM call c JOIN term t ON t.id = c.referer_id GROUP BY c.referer_id');
  for (const { value, calls } of referers.all<{ value: string; calls: number }>()) {
    const host = hostOf(value);
    if (host !== '') pages.set(registrableDomain(host), (pages.get(registrableDomain(host)) ?? 0) + calls);
  }
  return new Set([...pages].sort((a, b) => b[1] - a[1]).slice(0, 1).map(([site]) => site)); // prettier-ignore
}

/** True for a page of another site: the secret in its address is that site's, which nobody here can replace. */
function foreignPages(db: SqlDriver): (address: string) => boolean {
  const ours = ownSites(db);
  return (address) => hostOf(address) !== '' && !ours.has(registrableDomain(hostOf(address)));
}

function readExposures(db: SqlDriver): readonly Exposed[] {
  const term = termReader(db);
  const isForeign = foreignPages(db);
  return db
    .prepare(
      `SELECT c.id AS call, c.time, x.side, x.pointer_id AS pointer, x.type, x.credential_id AS credential, k.masked, c.referer_id AS referer,
              EXISTS (SELECT 1 FROM call used WHERE used.credential_id = x.credential_id) AS used,
              coalesce(g.endpoint_id, f.endpoint_id) AS endpoint, coalesce(e.key, (SELECT 'tool ' || substr(t.value, instr(t.value, ':') + 1) FROM term t WHERE t.id = c.tool_id)) AS endpointKey, coalesce(g.principal_id, f.principal_id) AS principal,
              coalesce(f.same_as, c.id) AS standing, coalesce(g.chain_id, f.chain_id) AS chain
       FROM exposure x JOIN call c ON c.id = x.call_id JOIN credential k ON k.id = x.credential_id JOIN source s ON s.id = c.source_id
       LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN call_fact g ON g.call_id = f.same_as LEFT JOIN endpoint e ON e.id = coalesce(g.endpoint_id, f.endpoint_id)
       WHERE x.type <> ? ORDER BY c.time IS NULL, c.time, s.name, c.record, x.rowid`,
    )
    .all<ExposureRow>(ISSUED)
    .filter(
      ({ used, pointer, referer }) => used === 1 || term(pointer) !== 'referer' || referer === null || !isForeign(term(referer) ?? ''),
    )
    .map((row) => ({ ...row, pointer: normalise(term(row.pointer) ?? '$'), endpointKey: row.endpointKey ?? 'unknown endpoint' }))
    .filter((row) => !PUBLIC_NAME.test(row.pointer));
}

/** The same place in every item: `$.items[3].key` gives `$.items[*].key`. */
const normalise = (pointer: string): string => pointer.replace(/\[\d+\]/g, '[*]');

interface Use {
  readonly id: number;
  readonly time: number | null;
  readonly principal: number | null;
  readonly label: string | null;
  readonly ip: number | null;
  readonly agent: number | null;
  readonly chain: number | null;
}

/** Calls that came with the secret as their credential, after it was exposed. */
const usesAfter = (db: SqlDriver, credential: number, time: number | null): readonly Use[] =>
  db
    .prepare(
      `SELECT c.id, c.time, f.principal_id AS principal, p.label, c.client_ip_id AS ip, c.user_agent_id AS agent, f.chain_id AS chain
       FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN principal p ON p.id = f.principal_id JOIN source s ON s.id = c.source_id
       WHERE c.credential_id = ? AND f.same_as IS NULL AND (+c.time > ? OR ? IS NULL) ORDER BY c.time IS NULL, c.time, s.name, c.record`,
    )
    .all<Use>(credential, time ?? 0, time);

/** Contexts (address and client) that used the secret before it was exposed: its owner's. */
const contextsBefore = (db: SqlDriver, credential: number, time: number | null): ReadonlySet<string> =>
  new Set(
    db
      .prepare('SELECT DISTINCT client_ip_id AS ip, user_agent_id AS agent FROM call WHERE credential_id = ? AND +time <= ?')
      .all<{ ip: number | null; agent: number | null }>(credential, time ?? 0)
      .map((row) => `${String(row.ip)} ${String(row.agent)}`),
  );

function toDraft(db: SqlDriver, group: readonly Exposed[]): FindingDraft | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const secrets = [...new Set(group.map((row) => row.credential))];
  const uses: Use[] = [];
  let foreign = 0;
  for (const credential of secrets) {
    const since = group.find((row) => row.credential === credential)?.time ?? null;
    const exposedIn = new Set(group.filter((row) => row.credential === credential).map((row) => row.standing));
    const owners = contextsBefore(db, credential, since);
    for (const use of usesAfter(db, credential, since)) {
      // The call that shows the secret may use it as well, as with a key in the query; that is the exposure, not a later use.
      if (exposedIn.has(use.id)) continue;
      uses.push(use);
      if (!owners.has(`${String(use.ip)} ${String(use.agent)}`)) foreign += 1;
    }
  }
  const users = [...new Set(uses.map((use) => use.label ?? 'an unknown principal'))].sort();
  const calls = [...new Map([...group.map((row) => [row.standing, row.time] as const), ...uses.map((use) => [use.id, use.time] as const)])]
    .sort((a, b) => (a[1] ?? Infinity) - (b[1] ?? Infinity))
    .map(([id]) => id);
  const distinct = (values: readonly (number | null)[]): readonly number[] => [...new Set(values.filter((value) => value !== null))];
  const where = `${PLACES[first.side] ?? 'in'} ${first.endpointKey}`;
  const shown = new Set(group.map((row) => row.standing)).size;
  const later =
    uses.length === 0
      ? ''
      : `; afterwards ${secrets.length === 1 ? 'it' : 'one'} was used as a credential ${plural(uses.length, 'time')} by ${listOf(users, 2)}`;
  return {
    subject: `${first.endpointKey} ${first.side} ${first.pointer} ${first.type}`,
    title: `${dataOf(first.type, secrets.length)} stood ${where} (${first.pointer}) in ${plural(shown, 'call')}${later}`,
    severity: { base: 'medium', steps: [] },
    unlessTheft: uses.length > 0 ? [{ by: 2, why: `it was used as a credential afterwards, ${plural(uses.length, 'time')}` }] : undefined,
    confidence: 'observed',
    score: Math.min(1, 0.3 + (uses.length > 0 ? 0.3 : 0) + (foreign > 0 ? 0.2 : 0) + Math.min(0.2, shown / 500)),
    principals: distinct([...group.map((row) => row.principal), ...uses.map((use) => use.principal)]),
    credentials: secrets,
    endpoints: distinct(group.map((row) => row.endpoint)),
    chains: distinct([...group.map((row) => row.chain), ...uses.map((use) => use.chain)]).slice(0, 200),
    calls,
    crossedAt: uses[0]?.id ?? first.standing,
    observed: { secrets: secrets.length, kind: first.type, masked: secrets.map((credential) => group.find((row) => row.credential === credential)?.masked ?? '…').slice(0, 20), side: first.side, place: first.pointer, callsThatShowIt: shown, laterUses: uses.length, laterUsesFromNewContexts: foreign, usedBy: users },
    expected: { secretsInThisPlace: 0 },
    benignTested: [
      { explanation: 'an example, a hash or a value meant to be public', result: 'not supported: known examples and public names were left out when the evidence was read' },
      { explanation: 'its owner goes on using it as before', result: uses.length === 0 ? 'not applicable: no later use in the evidence' : foreign === 0 ? 'supported for all later uses: they come from addresses and clients that used it before' : `not supported for ${countOf(foreign)} of ${plural(uses.length, 'use')}: address or client had not used it before` },
    ],
    remediation: [
      `Replace ${secrets.length === 1 ? 'the secret' : 'the secrets'}; whoever can read logs, proxies or browser histories has ${secrets.length === 1 ? 'it' : 'them'}.`,
      first.side === 'query' || first.side === 'path' ? 'Accept credentials in headers only, and strip them from access logs.' : 'Do not hand out secrets in bodies; give references instead.',
    ],
    story: uses[0] === undefined ? [] : [
      { call: first.standing, role: 'exposure', text: `${dataOf(first.type, secrets.length)} (${first.masked}) stood ${where}` },
      { call: uses[0].id, role: 'use', text: `${users[0] ?? 'An unknown principal'} used it as a credential` },
    ],
  }; // prettier-ignore
}

/** The incident that an exposure led to: each secret that somebody else used afterwards, from where its owner never was. */
function takenDrafts(db: SqlDriver, exposed: readonly Exposed[]): readonly FindingDraft[] {
  return [...new Set(exposed.map(({ credential }) => credential))].flatMap((credential): readonly FindingDraft[] => {
    const shown = exposed.filter((row) => row.credential === credential);
    const [first] = shown;
    if (first === undefined || first.time === null) return [];
    const taken = findTaken(db, credential, first.time);
    const [crossed] = taken?.calls ?? [];
    if (taken === undefined || crossed === undefined) return [];
    const { calls, networks, ownerNetworks, usesBefore } = taken;
    const owner = db
      .prepare('SELECT u.key, p.id, p.label FROM credential_use u LEFT JOIN principal p ON p.id = u.principal_id WHERE u.credential_id = ?')
      .get<{ key: string; id: number | null; label: string | null }>(credential);
    const where = `${PLACES[first.side] ?? 'in'} ${first.endpointKey}`;
    const evidence = [...new Map([...shown.map((row) => [row.standing, row.time ?? 0] as const), ...calls.map(({ id, time }) => [id, time] as const)])]
      .sort((a, b) => a[1] - b[1] || a[0] - b[0])
      .map(([id]) => id);
    const about = whatOf(db, evidence);
    const egress = readEgress(db, calls.map(({ id }) => id));
    const { accepted } = readReach(db, calls.map(({ id }) => id));
    return [
      {
        subject: `${owner?.key ?? String(credential)} used elsewhere`,
        title: `${owner?.key ?? first.masked} of ${owner?.label ?? 'an unknown principal'} stood ${where} and was then used ${plural(calls.length, 'time')} from ${listOf(networks, 3)}, where its owner never was${egress.bytes < MASS ? '' : `; ${sizeOf(egress.bytes)} left that way`}`,
        claim: `${owner?.key ?? first.masked} of ${owner?.label ?? 'an unknown principal'} stood in the open and was then used where its owner never was`,
        family: 'incident',
        tells: 'whose',
        // Where its places were not known so well, another finding must say that it was in other hands.
        needsTheft: usesBefore < MIN_BEFORE || undefined,
        severity: { base: 'high', steps: accepted === 0 ? [] : [{ by: 1, why: `it is known where it was lost, and ${plural(accepted, 'call')} with it ${accepted === 1 ? 'was' : 'were'} not refused` }] },
        confidence: 'inferred',
        score: Math.min(1, 0.5 + Math.min(0.3, usesBefore / 1000) + (ownerNetworks.length === 1 ? 0.1 : 0)),
        principals: owner?.id === undefined || owner.id === null ? [] : [owner.id],
        ...about,
        credentials: [credential],
        crossedAt: crossed.id,
        observed: { shownIn: evidence.length - calls.length, place: first.pointer, usesElsewhere: calls.length, networks: networks.slice(0, 20), ...egressFacts(egress) },
        exhibits: egressLedger(egress),
        expected: { usesBefore, ownerNetworks },
        benignTested: [
          { explanation: 'its owner moved', result: `not supported: it is still used from ${listOf(ownerNetworks, 3)}` },
          { explanation: 'an owner of many places', result: `not supported: ${plural(usesBefore, 'use')} before came from ${plural(ownerNetworks.length, 'network')}` },
        ],
        remediation: [`Replace ${owner?.key ?? 'the secret'} at once, then look at what it was used for from ${listOf(networks, 3)}.`],
        story: [
          { call: first.standing, role: 'exposure', text: `${dataOf(first.type, 1)} (${first.masked}) stood ${where}` },
          { call: crossed.id, role: 'use', text: `It was used from ${networks[0] ?? 'elsewhere'}` },
        ],
      },
    ];
  });
} // prettier-ignore

/** Flags secrets that stand where logs and strangers can read them, and who used them afterwards. */
export const secretExposure: Detector = {
  id: 'secret-exposure',
  version: 5,
  title: 'Secret in the open',
  question: 'Which secrets stood in URLs, bodies or answers, and did anyone use them afterwards?',
  about: {
    catches: 'Secrets in addresses, bodies, errors and tool results, and who used them afterwards.',
    inputs: ['addresses; bodies and headers for what is inside of them'],
    falsePositives: ['example keys', 'keys that are meant to be public', 'values that are masked already'],
  },
  family: 'posture',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['requestBody', 'answerBody'],
  maps: {
    owaspApi: ['API8:2023', 'API3:2023'],
    owaspLlm: ['LLM02:2025'],
    owaspAgentic: ['MCP01', 'NHI2'],
    attack: ['T1552', 'T1528'],
    atlas: ['AML.T0055', 'AML.T0098'],
    cwe: ['CWE-598', 'CWE-532', 'CWE-522'],
  },
  settings: [
    { name: 'grouping', value: 'place', why: 'one leaky place is one finding, however many secrets went through it' },
    {
      name: 'later use',
      value: 'any call',
      why: 'a secret that was seen in the open and then authenticates a call cannot be told from a stolen one',
    },
    {
      name: 'incident',
      value: 'a new place, 20 uses before',
      why: 'a secret whose places were known and that turns up elsewhere, while its owner goes on, is in other hands',
    },
  ],
  async run(db, breathe) {
    if (db.prepare('SELECT 1 FROM call LIMIT 1').get() === undefined) return { kind: 'not-evaluable', reason: 'no calls in the evidence' };
    const groups = new Map<string, Exposed[]>();
    const exposed = readExposures(db);
    for (const row of exposed) {
      const key = `${row.endpointKey}\n${row.side}\n${row.pointer}\n${row.type}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
    const findings: FindingDraft[] = [];
    for (const group of groups.values()) {
      const draft = toDraft(db, group);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings: [...findings, ...takenDrafts(db, exposed)] };
  },
};
