import type { SqlDriver } from '../store/driver.ts';
import { listValues } from '../store/read/calls/values.ts';
import { termReader } from '../store/read/terms.ts';
import { LOGIN_PATH, listLoginEndpoints, readTries, type LoginEndpoint, type Try } from './credentials/login-endpoints.ts';
import { enteredAfter, type Entered } from './credentials/after-login.ts';
import { triedLogins } from './credentials/tried-logins.ts';
import { DECISION, findBursts, findWave, MIN_FAST, MIN_REFUSED, MIN_SHARE, type Burst, type Wave } from './credentials/login-waves.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { countOf, plural } from './spoken.ts';

/** Names of the field that says who wants to log in. */
const USER_FIELD = /(?:^|[.\]])(?:user(?:_?name)?|login|email|e_?mail|account|identifier|phone)$/i;
/** Tries whose body is read for the name of the user. */
const MAX_READ_USERS = 5_000;

/** Different users tried, where bodies are in the evidence; `undefined` where none is. */
function countUsers(db: SqlDriver, tries: readonly Try[]): number | undefined {
  const term = termReader(db);
  const users = new Set<number>();
  for (const { id } of tries.slice(0, MAX_READ_USERS))
    for (const { pointerId, fingerprint } of listValues(db, id, 0)) if (USER_FIELD.test(term(pointerId) ?? '')) users.add(fingerprint);
  const named = new Set(tries.flatMap(({ user }) => user ?? []));
  return users.size > 0 ? users.size : named.size > 0 ? named.size : undefined;
}

const byTime = (a: Try, b: Try): number => a.time - b.time || a.id - b.id;
/** The tries and what came of them, in time order. */
function withEntered(db: SqlDriver, tries: readonly Try[], { calls }: Entered): readonly number[] {
  const select = db.prepare('SELECT time FROM call WHERE id = ?');
  const after = calls.map((id) => ({ id, time: select.get<{ time: number }>(id)?.time ?? 0 }));
  return [...new Map([...tries, ...after].map(({ id, time }) => [id, time] as const))]
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([id]) => id);
}

const principalsOf = (db: SqlDriver, tries: readonly Try[]): readonly number[] => {
  const select = db.prepare('SELECT principal_id AS principal FROM call_fact WHERE call_id = ?');
  return [...new Set(tries.flatMap(({ id }) => select.get<{ principal: number | null }>(id)?.principal ?? []))].slice(0, 200);
};

function burstDraft(db: SqlDriver, endpoint: LoginEndpoint, burst: Burst): FindingDraft {
  const address = termReader(db)(burst.ip) ?? 'an unknown address';
  const users = countUsers(db, burst.refused);
  const form = users === undefined ? 'tries' : users >= 10 ? 'stuffing' : users <= 2 ? 'brute force' : 'spray';
  const got = burst.accepted.length;
  const entered = enteredAfter(db, burst.accepted);
  const tries = [...burst.refused, ...burst.accepted].sort(byTime);
  return {
    subject: `burst ${endpoint.key} ${address}`,
    title: `${address} was refused ${plural(burst.refused.length, 'time')} at ${endpoint.key}, ${countOf(burst.peak)} of them within ten minutes${users === undefined ? '' : `, for ${plural(users, 'user')}`}${got === 0 ? ', and never got in' : `, and got in ${plural(got, 'time')}`}`,
    severity: { base: 'medium', steps: got > 0 ? [{ by: 1, why: `${plural(got, 'log-in')} succeeded among the failures` }] : burst.peak < MIN_REFUSED ? [{ by: -1, why: 'a handful of tries, though faster than anybody types' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.3 + Math.min(0.4, burst.refused.length / 1000) + (got > 0 ? 0.3 : 0)),
    principals: [...new Set([...principalsOf(db, tries), ...entered.principals])],
    credentials: entered.credentials,
    endpoints: [endpoint.id],
    chains: [],
    calls: withEntered(db, tries, entered),
    crossedAt: burst.refused[(burst.peak < MIN_REFUSED ? MIN_FAST : MIN_REFUSED) - 1]?.id,
    observed: { address, refused: burst.refused.length, accepted: got, mostInTenMinutes: burst.peak, form, ...(users === undefined ? {} : { users }) },
    expected: { refusedInTenMinutes: `fewer than ${String(MIN_REFUSED)}` },
    benignTested: [
      { explanation: 'one service with an expired secret', result: users === 1 ? 'possible: always the same user' : users === undefined ? 'cannot be told: no bodies name the user' : `not supported: ${plural(users, 'user')}` },
      { explanation: 'the login was out of order for all', result: 'not supported: others got in meanwhile, or the failures are one address’s' },
    ],
    remediation: ['Reset the passwords of accounts that were got into, and end their sessions.', 'Limit tries by account and by network, and ask for a second factor after failures.'],
    story: tries[0] === undefined ? [] : [{ call: tries[0].id, role: 'tries', text: `${address} began to try passwords` }, ...(burst.accepted[0] === undefined ? [] : [{ call: burst.accepted[0].id, role: 'got in', text: `${address} got in` }])],
  };
} // prettier-ignore

function waveDraft(db: SqlDriver, endpoint: LoginEndpoint, wave: Wave, all: readonly Try[]): FindingDraft {
  const addresses = new Set(wave.refused.map(({ ip }) => ip));
  const from = wave.refused[0]?.time ?? 0;
  const got = all.filter(({ ip, kind, time }) => kind === 'accepted' && time >= from && addresses.has(ip));
  const users = countUsers(db, wave.refused);
  const entered = enteredAfter(db, got);
  const tries = [...wave.refused, ...got].sort(byTime);
  return {
    subject: `wave ${endpoint.key}`,
    title: `${plural(wave.addresses, 'address', 'addresses')} were refused ${plural(wave.refused.length, 'time')} at ${endpoint.key} over ${plural(wave.hours, 'hour')} and hardly ever got in: up to ${countOf(wave.peak)} such addresses an hour, where ${countOf(wave.usual)} are usual`,
    severity: { base: 'medium', steps: got.length > 0 ? [{ by: 1, why: `${plural(got.length, 'log-in')} of these addresses succeeded` }] : [] },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + Math.min(0.3, wave.addresses / 500) + (got.length > 0 ? 0.2 : 0)),
    principals: [...new Set([...entered.principals, ...principalsOf(db, tries)])],
    credentials: entered.credentials,
    endpoints: [endpoint.id],
    chains: [],
    calls: withEntered(db, tries, entered),
    crossedAt: wave.refused[Math.min(DECISION, wave.refused.length) - 1]?.id,
    observed: { addresses: wave.addresses, refused: wave.refused.length, accepted: got.length, hours: wave.hours, mostInAnHour: wave.peak, ...(users === undefined ? {} : { users }) },
    expected: { addressesAnHour: wave.usual },
    benignTested: [
      { explanation: 'people who mistype, as on the day after a change of passwords', result: 'left out: an address that gets in after its failures does not count' },
      { explanation: 'the login was out of order', result: all.some(({ kind, time }) => kind === 'accepted' && time >= from) ? 'not supported: others got in meanwhile' : 'possible: nobody got in' },
    ],
    remediation: ['Reset the passwords of accounts that were got into, and end their sessions.', 'Compare the passwords of all accounts with lists of stolen ones; ask for a second factor.'],
  };
} // prettier-ignore

/** Flags passwords being tried: many by one address, or few each by many addresses. */
export const authFailureBurst: Detector = {
  id: 'auth-failure-burst',
  version: 3,
  title: 'Passwords being tried',
  question: 'Did somebody try many passwords or accounts, and did any of them work?',
  about: {
    catches: 'Stuffing, spraying and guessing of passwords: many accounts from one place, many tries at one account, or a wave from everywhere, and a success afterwards.',
    inputs: ['status codes of sign-in calls'],
    falsePositives: ['one service whose secret has expired', 'an outage of the sign-in, where everybody fails', 'a load test'],
  },
  sigma: [
    {
      title: 'refusals of one address',
      level: 'medium',
      ask: {
        kind: 'and',
        items: [
          { kind: 'match', field: 'method', values: [['POST']] },
          { kind: 'regex', field: 'path', source: `(?i)${LOGIN_PATH.source}` },
          { kind: 'match', field: 'status', values: [['401'], ['403']] },
        ],
      },
      burst: { least: MIN_REFUSED, minutes: 10, by: 'clientIp' },
      leavesOut: 'the share of refusals, waves from many addresses, and what followed a success',
    },
  ],
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['status'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1110.003', 'T1110.004', 'T1078'], atlas: ['AML.T0012'], cwe: ['CWE-307', 'CWE-204'] },
  settings: [
    { name: 'burst', value: MIN_REFUSED, why: 'refusals of one address within ten minutes; nobody mistypes that often' },
    { name: 'fast', value: MIN_FAST, why: 'refusals within ten seconds: faster than anybody types' },
    { name: 'refusedShare', value: MIN_SHARE, why: 'of the tries of that address; people behind one proxy mostly get in' },
    { name: 'wave', value: DECISION, why: 'addresses above the usual hour, summed over hours: what no single address shows' },
  ],
  async run(db, breathe) {
    const endpoints = listLoginEndpoints(db);
    if (endpoints.length === 0) return { kind: 'not-evaluable', reason: 'no endpoint looks like a login: none takes passwords, refuses principals with 401 under such a path, or refuses names with 401' };
    const findings: FindingDraft[] = [];
    for (const endpoint of triedLogins(db, endpoints)) {
      const tries = readTries(db, endpoint);
      const bursts = findBursts(tries);
      for (const burst of bursts) findings.push(burstDraft(db, endpoint, burst));
      const wave = findWave(tries, new Set(bursts.map(({ ip }) => ip)));
      if (wave !== undefined) findings.push(waveDraft(db, endpoint, wave, tries));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
