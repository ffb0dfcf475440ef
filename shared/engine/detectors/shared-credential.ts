import type { Detector, FindingDraft } from './detector.ts';
import { callsOfDay, callsWith, countBy, hasProgram, usedCredentials, usesOf, type Use, type UsedCredential } from './identity/uses.ts';
import { listOf, plural } from './spoken.ts';
import type { SqlDriver } from '../store/driver.ts';

/** Calls of one program on one day that are more than a test. */
const MIN_CALLS = 10;
/** From this many programs on a key is public by design: it stands in an app or page. */
const PUBLIC_FROM = 8;
/** Calls shown as evidence of each program. */
const SHOWN = 20;

interface Shared {
  readonly families: readonly string[];
  readonly day: number;
}

/** The day on which most programs shared the credential; a mix of browsers alone is one person with two of them. */
function findShared(uses: readonly Use[]): Shared | undefined {
  let best: Shared | undefined;
  for (const day of new Set(uses.map((use) => use.day))) {
    const ofDay = uses.filter((use) => use.day === day && use.family !== 'none');
    const counts = countBy(ofDay, ({ family }) => family);
    const families = [...counts].filter(([, calls]) => calls >= MIN_CALLS).map(([family]) => family).sort();
    const isOnlyPersons = ofDay.filter(({ family }) => families.includes(family)).every(({ program }) => program === 'person');
    if (families.length >= 2 && !isOnlyPersons && families.length > (best?.families.length ?? 1)) best = { families, day };
  }
  return best;
} // prettier-ignore

/** The call with which a second program had been used often enough, one of them no browser: before it, it was one person or a test. */
function crossing(db: SqlDriver, credential: number, { families, day }: Shared): number | undefined {
  const counts = new Map<string, number>();
  const programs = new Set<Use['program']>();
  let enough = 0;
  for (const call of callsOfDay(db, credential, day)) {
    if (!families.includes(call.family)) continue;
    programs.add(call.program);
    const count = (counts.get(call.family) ?? 0) + 1;
    counts.set(call.family, count);
    if (count === MIN_CALLS) enough += 1;
    if (enough >= 2 && (programs.size > 1 || !programs.has('person'))) return call.id;
  }
  return undefined;
}

function toDraft(db: SqlDriver, credential: UsedCredential, uses: readonly Use[], shared: Shared): FindingDraft {
  const { families, day } = shared;
  const calls = families.flatMap((family) => {
    const texts = new Set(uses.filter((use) => use.family === family).map(({ userAgent }) => userAgent));
    return callsWith(db, credential.id, texts, SHOWN);
  });
  const networks = new Set(uses.map(({ network }) => network)).size;
  const isPublic = families.length >= PUBLIC_FROM;
  return {
    subject: credential.key,
    title: `${credential.key} of ${credential.label} is used by ${plural(families.length, 'program')} on one day: ${listOf(families)}`,
    severity: {
      base: 'medium',
      steps: isPublic ? [{ by: -1, why: `${String(families.length)} programs point at a key that is public by design` }] : [],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.3 + families.length * 0.1),
    principals: credential.principal === null ? [] : [credential.principal],
    credentials: [credential.id],
    endpoints: [],
    chains: [],
    calls,
    crossedAt: crossing(db, credential.id, shared),
    observed: { programs: families.slice(0, 20), networks, day: new Date(day * 86_400_000).toISOString().slice(0, 10) },
    expected: { programsPerCredential: 1 },
    benignTested: [
      { explanation: 'an upgrade of one program', result: 'not supported: the names differ, not only the versions' },
      { explanation: 'one person with two browsers', result: 'not supported: at least one of them is no browser' },
      {
        explanation: 'a gateway or SDK that rewrites the User-Agent',
        result: networks === 1 ? 'possible: all calls come from one network' : `not tested: ${String(networks)} networks`,
      },
    ],
    remediation: ['Give each program a credential of its own; until then no call with this one can be laid at one door.'],
  };
}

/** Flags credentials behind which several programs stand: attribution ends there. */
export const sharedCredential: Detector = {
  id: 'shared-credential',
  version: 2,
  title: 'Shared credential',
  question: 'Which credentials are used by several programs, so that no call can be laid at one door?',
  about: {
    catches: 'One credential that several programs use, so that no call can be laid at one door.',
    inputs: ['calls with a credential and a User-Agent or client information'],
    falsePositives: ['an upgrade that only changes a version', 'a gateway that rewrites the User-Agent'],
  },
  family: 'posture',
  needs: ['principals', 'attribution'],
  reads: ['credential', 'userAgent'],
  maps: {
    owaspApi: ['API2:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI03', 'NHI9'],
    attack: ['T1078'],
    atlas: ['AML.T0012'],
    cwe: ['CWE-522'],
  },
  settings: [
    { name: 'minCalls', value: MIN_CALLS, why: 'calls of each program on the same day: fewer are a test from a console' },
    { name: 'publicFrom', value: PUBLIC_FROM, why: 'with so many programs the key is meant for everyone; one step down' },
  ],
  async run(db, breathe) {
    const credentials = usedCredentials(db, ['jwt', 'api-key', 'basic', 'opaque', 'mtls', 'session']);
    if (credentials.length === 0) return { kind: 'not-evaluable', reason: 'no call shows a credential' };
    const findings: FindingDraft[] = [];
    let withProgram = false;
    for (const credential of credentials) {
      await breathe();
      withProgram ||= hasProgram(db, credential.id);
      if (credential.contexts < 2) continue;
      const uses = usesOf(db, credential.id);
      const shared = findShared(uses);
      if (shared !== undefined) findings.push(toDraft(db, credential, uses, shared));
    }
    return withProgram
      ? { kind: 'evaluated', findings }
      : { kind: 'not-evaluable', reason: 'no call with a credential names its program (User-Agent)' };
  },
};
