import type { SqlDriver } from '../store/driver.ts';
import { versionOf } from './inventory/version-of.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { whoMade } from './inventory/evidence.ts';
import { plural } from './spoken.ts';

/** Calls in a row on the newer version that make it a caller's habit. */
const HABIT = 20;
/** From this share of the callers of both versions on, it is the API that moved back, not a caller. */
const ROLLBACK = 0.5;
/** Calls of a deprecated operation that the newer version does not have: one is a stale link, some are a habit. */
const MIN_WITHOUT_TWIN = 3;
/** As many other callers of the same older operations make it a version that is still in use. */
const STILL_IN_USE = 3;
/** So few callers cannot show whether it was all of them. */
const MIN_FOR_ROLLBACK = 3;

interface Row {
  readonly id: number;
  readonly endpoint: number;
  readonly principal: number;
  readonly status: number | null;
  /** 1 when the newer version has the same path. */
  readonly hasTwin: number;
  readonly hasNewer: number;
  readonly open: number;
}

interface Habit {
  version: number;
  run: number;
  before: Set<number>;
  older: Row[];
  from: number;
}

/** Versions of endpoints, and the API that they are versions of: host and path up to the version. */
function readVersions(db: SqlDriver): ReadonlyMap<number, { readonly version: number; readonly api: string; readonly text: string }> {
  const rows = db.prepare('SELECT id, host, template FROM endpoint').all<{ id: number; host: string; template: string }>();
  return new Map(
    rows.flatMap(({ id, host, template }) => {
      const found = versionOf(template);
      return found === undefined ? [] : [[id, { ...found, api: `${host}${found.prefix}` }] as const];
    }),
  );
}

/** An address and a client are many people: only callers that are known by more have habits. Walks the calls in time order and notes who fell back behind a habit. */
function findSteps(db: SqlDriver, versions: ReturnType<typeof readVersions>): ReadonlyMap<string, Habit & { readonly principal: number; readonly api: string }> {
  const habits = new Map<string, Habit & { readonly principal: number; readonly api: string }>();
  const rows = db.prepare(
    `SELECT c.id, f.endpoint_id AS endpoint, f.principal_id AS principal, c.status, s.newer_endpoint_id IS NOT NULL AS hasTwin, (s.newer_endpoint_id IS NOT NULL OR e.spec = 'zombie') AS hasNewer, s.anonymous_answered AS open
       FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id JOIN endpoint_summary s ON s.endpoint_id = e.id JOIN source o ON o.id = c.source_id JOIN principal p ON p.id = f.principal_id
      WHERE f.same_as IS NULL AND p.weak = 0 AND c.time IS NOT NULL ORDER BY c.time, o.name, c.record`,
  );
  for (const row of rows.iterate<Row & Record<string, number | null>>()) {
    const version = versions.get(row.endpoint);
    if (version === undefined) continue;
    const key = `${String(row.principal)} ${version.api}`;
    let habit = habits.get(key);
    if (habit === undefined) habits.set(key, (habit = { version: 0, run: 0, before: new Set(), older: [], from: 0, principal: row.principal, api: version.api }));
    if (version.version === habit.version) habit.run += 1;
    else if (version.version > habit.version) {
      if (habit.version > 0) habit.before.add(habit.version);
      habit.version = version.version;
      habit.run = 1;
    } else if (habit.run >= HABIT && row.hasNewer === 1 && row.status !== null && row.status >= 200 && row.status < 300 && !habit.before.has(version.version)) {
      habit.older.push({ ...row });
      habit.from = habit.run;
    } else habit.before.add(version.version);
  }
  return new Map([...habits].filter(([, { older }]) => older.some(({ hasTwin }) => hasTwin === 1) || older.length >= MIN_WITHOUT_TWIN));
} // prettier-ignore

/** Flags callers that had settled on a version of an API and then use an older one. */
export const versionDowngrade: Detector = {
  id: 'version-downgrade',
  version: 2,
  title: 'Step back to an older version',
  question: 'Did a principal go back to an older version of an API, where fewer controls may be?',
  about: {
    catches: 'A principal that goes back to an older version of an API or protocol.',
    inputs: ['versions in paths or headers'],
    falsePositives: ['a release that is rolled back: then everybody goes back', 'several client libraries of one principal'],
  },
  family: 'incident',
  needs: ['inventory', 'chains'],
  reads: ['status'],
  maps: { owaspApi: ['API9:2023', 'API8:2023'], owaspLlm: [], owaspAgentic: ['ASI07'], attack: ['T1190'], atlas: [], cwe: ['CWE-1059'] },
  settings: [
    { name: 'habit', value: HABIT, why: 'calls in a row on the newer version before an older one is a step back' },
    { name: 'withoutTwin', value: MIN_WITHOUT_TWIN, why: 'a deprecated endpoint without a newer twin counts from the third call on: one is a stale link' },
    { name: 'stillInUse', value: STILL_IN_USE, why: 'an older version that several others use is no way around a control' },
    { name: 'rollback', value: ROLLBACK, why: 'when half of the principals step back together, the API was rolled back' },
  ],
  async run(db, breathe) {
    const versions = readVersions(db);
    const byApi = new Map<string, Set<number>>();
    for (const { api, version } of versions.values()) byApi.set(api, (byApi.get(api) ?? new Set()).add(version));
    if (![...byApi.values()].some((each) => each.size > 1)) return { kind: 'not-evaluable', reason: 'no API is in the evidence in two versions' };
    const steps = [...findSteps(db, versions).values()];
    const callersOf = (api: string): number =>
      new Set([...versions].filter(([, each]) => each.api === api).flatMap(([id]) => db.prepare('SELECT DISTINCT principal_id AS id FROM call_fact WHERE endpoint_id = ? AND principal_id IS NOT NULL').all<{ id: number }>(id).map((row) => row.id))).size;
    const findings: FindingDraft[] = [];
    for (const step of steps) {
      await breathe();
      const together = steps.filter(({ api }) => api === step.api).length;
      const callers = callersOf(step.api);
      if (callers >= MIN_FOR_ROLLBACK && together / callers >= ROLLBACK) continue;
      findings.push(toDraft(db, step, versions, together, callers));
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore

/** Callers that are known by more than an address and use these endpoints too. */
function otherCallers(db: SqlDriver, endpoints: readonly number[], own: readonly number[]): number {
  const select = db.prepare(
    'SELECT DISTINCT f.principal_id AS id FROM call_fact f JOIN principal p ON p.id = f.principal_id WHERE f.endpoint_id = ? AND p.weak = 0',
  );
  const all = new Set(endpoints.flatMap((endpoint) => select.all<{ id: number }>(endpoint).map(({ id }) => id)));
  return [...all].filter((id) => !own.includes(id)).length;
}

function toDraft(db: SqlDriver, step: Habit & { readonly api: string }, versions: ReturnType<typeof readVersions>, together: number, callers: number): FindingDraft {
  const calls = step.older.map(({ id }) => id);
  const who = whoMade(db, calls);
  const endpoints = [...new Set(step.older.map(({ endpoint }) => endpoint))];
  const others = otherCallers(db, endpoints, who.principals);
  const isOpen = step.older.some(({ open }) => open > 0);
  const text = (version: number): string => `v${String(Math.floor(version / 1000))}${version % 1000 === 0 ? '' : `.${String(version % 1000)}`}`;
  const older = [...new Set(endpoints.map((id) => text(versions.get(id)?.version ?? 0)))].sort();
  return {
    subject: `${who.labels.join()} ${step.api}`,
    title: `${who.labels[0] ?? 'An unknown principal'} had settled on ${text(step.version)} of ${step.api} (${plural(step.from, 'call')}) and then used ${older.join(', ')}, ${plural(calls.length, 'time')}`,
    severity: {
      base: 'medium',
      steps: [
        ...(isOpen ? [{ by: 1, why: 'the older version answers without a credential' }] : []),
        ...(others >= STILL_IN_USE ? [{ by: -1, why: `${plural(others, 'other principal')} use the same older endpoints` }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + calls.length / 100),
    principals: who.principals, credentials: who.credentials, endpoints, chains: who.chains, calls, crossedAt: calls[0],
    observed: { version: older, callsOnIt: calls.length }, expected: { version: text(step.version), callsBefore: step.from },
    benignTested: [
      { explanation: 'the API was rolled back', result: `not supported: ${String(together)} of ${plural(callers, 'principal')} stepped back` },
      { explanation: 'a client library that mixes versions', result: 'not supported: it had not used the older version before' },
    ],
    remediation: ['Switch the older version off, or give it the same authentication and limits.'],
  };
} // prettier-ignore
