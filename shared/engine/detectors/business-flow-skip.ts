import { durationText } from '../../lib/duration.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { readTouches } from './objects/read-touches.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';
import { findReused, MIN_BOUND, MIN_FOREIGN, MIN_REFERENCES, type Reused } from './steps/reused-references.ts';
import { findSkipped, MIN_CONFIDENCE, MIN_SUPPORT, mineSteps, type Skipped } from './steps/mine-steps.ts';

/** Steps that guard something: leaving one out is what a thief would do. */
const GUARDS = /approv|authori[sz]|confirm|verif|valid|review|check|sign|pay|charg|captur|reserv|consent|kyc|otp|mfa/i;
/** Objects told one by one. */
const MAX_SHOWN = 6;

interface Endpoint {
  readonly id: number;
  readonly key: string;
  readonly flags: string;
}

interface Broken {
  readonly caller: Caller;
  readonly skipped: readonly Skipped[];
}

const keyIn = (endpoints: ReadonlyMap<number, Endpoint>, id: number): string => endpoints.get(id)?.key ?? '';

function isGuarded(endpoints: ReadonlyMap<number, Endpoint>, { rule }: Skipped): boolean {
  const guards = rule.before.some((id) => GUARDS.test(keyIn(endpoints, id).split('/').slice(1).join('/')));
  return guards || /moves-money|grants-power/.test(endpoints.get(rule.then)?.flags ?? '');
}

function toDraft(db: SqlDriver, endpoints: ReadonlyMap<number, Endpoint>, { caller, skipped }: Broken): FindingDraft {
  const ordered = [...skipped].sort((a, b) => a.time - b.time || a.then - b.then);
  const rules = [...new Set(skipped.map(({ rule }) => `${rule.before.map((id) => keyIn(endpoints, id)).join(' or ')} before ${keyIn(endpoints, rule.then)}`))].sort();
  const [first] = ordered;
  const guarded = skipped.some((each) => isGuarded(endpoints, each));
  const then = first === undefined ? '' : keyIn(endpoints, first.rule.then);
  const before = first === undefined ? '' : listOf(first.rule.before.map((id) => keyIn(endpoints, id)));
  const late = skipped.filter(({ isLate }) => isLate).length;
  return {
    subject: `${caller.key} ${rules.join()}`,
    title: `${caller.label} came to ${then} without ${before} for ${plural(skipped.length, 'object')}, where ${countOf(Math.round((first?.rule.confidence ?? 0) * 1000) / 10)} % of ${countOf(first?.rule.support ?? 0)} have it`,
    severity: { base: 'low', steps: guarded ? [{ by: 2, why: 'the step left out guards money, power or consent' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.4 + (guarded ? 0.2 : 0) + skipped.length / 100),
    principals: [caller.id],
    ...whatOf(db, [...new Set(ordered.flatMap(({ calls }) => calls))]),
    crossedAt: first?.then,
    observed: { objects: skipped.length, rules, stepTakenAfterwards: late },
    expected: { objectsThatKeepTo: first === undefined ? 0 : `${countOf(Math.round(first.rule.confidence * first.rule.support))} of ${countOf(first.rule.support)}`, usualDelaySeconds: first === undefined ? 0 : Math.round(first.rule.usualDelay / 1e6) },
    benignTested: [
      { explanation: 'there is another rightful way', result: 'not supported: up to three ways were tried, and together they cover all but the exceptions' },
      { explanation: 'the step was taken before the evidence begins', result: `not supported: the object came ${first === undefined ? '' : durationText(Math.round(first.rule.usualDelay / 1e6))} or more after the beginning, by when nineteen of twenty show both` },
      { explanation: 'the step was taken elsewhere', result: 'not testable: only paths that name the object are bound to it' },
    ],
    remediation: ['Keep the state of the object in the service, and refuse a step that its state does not allow.', 'Look at these objects one by one; undo what should not have been possible.'],
    exhibits: ordered.slice(0, MAX_SHOWN).slice(0, 1).map(({ rule, calls, then: last, isLate }) => ({
      kind: 'steps' as const,
      title: 'Expected and done, for the first of the objects',
      steps: [
        ...rule.before.map((id) => ({ state: 'missing' as const, text: `${keyIn(endpoints, id)}${rule.before.length > 1 ? ' (or its alternative)' : ''}: not seen before` })),
        { at: last, state: 'crossed' as const, text: `${keyIn(endpoints, rule.then)}: done` },
        ...(isLate ? calls.filter((id) => id !== last).map((id) => ({ at: id, state: 'done' as const, text: 'the step before, taken afterwards' })) : []),
      ],
    })),
  };
} // prettier-ignore

/** Objects that came to a step without the one before it; undefined where nothing can be a step. */
async function findLeftOut(db: SqlDriver, breathe: () => Promise<void>) {
  const rows = db.prepare("SELECT id, key, flags FROM endpoint WHERE method IN ('POST', 'PUT', 'PATCH', 'DELETE') AND template LIKE '%{%'").all<Endpoint>();
  if (rows.length < 2) return undefined;
  const endpoints = new Map(rows.map((row) => [row.id, row]));
  // Reading is a habit of screens; only what changes something can be a step.
  const isStep = (endpoint: number): boolean => endpoints.has(endpoint);
  const touches = await readTouches(db, 'first', breathe);
  const start = db.prepare('SELECT min(time) AS start FROM call').get<{ start: number | null }>()?.start ?? 0;
  return { endpoints, broken: await findSkipped(touches, await mineSteps(touches, isStep, breathe), isStep, start, breathe) };
} // prettier-ignore

/** One reference, such as a ticket, that was given for objects it was not issued for. */
function toReuseDraft(db: SqlDriver, caller: Caller, found: Reused): FindingDraft {
  const { parameter, reference, own, ownCall, objects, calls, collection, references, bound } = found;
  const place = db.prepare('SELECT max(e.sensitivity) AS most FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id WHERE f.call_id IN (SELECT value FROM json_each(?))');
  const isGrave = (place.get<{ most: number | null }>(JSON.stringify(calls))?.most ?? 0) >= 2;
  const rule = `${countOf(bound)} of ${plural(references, 'value')} of \`${parameter}\` go with one of ${collection}`;
  return {
    subject: `${caller.key} ${parameter} ${reference} ${collection}`,
    title: `${caller.label} gave one ${parameter} in ${plural(calls.length, 'call')} to ${plural(objects.length, 'object')} of ${collection} that it had not been given for first`,
    severity: { base: 'medium', steps: isGrave ? [{ by: 1, why: 'what was read or changed under it is sensitive' }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.5 + calls.length / 400),
    principals: [caller.id],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { parameter, others: objects.length, calls: calls.length },
    expected: { rule },
    benignTested: [
      { explanation: 'a slip of the pen', result: `not supported: a slip names one other object, this one ${plural(objects.length, 'other')}` },
      { explanation: 'one matter of several', result: `not supported: ${rule}` },
      { explanation: 'it was first used for the wrong one', result: `possible: what it was issued for stands in its own system; ask there` },
    ],
    remediation: [`Let the service check that ${parameter} was issued for the object before it answers.`, `Ask ${caller.label} on whose behalf these were opened, and look up what the ${parameter} says.`],
    exhibits: [{
      kind: 'steps',
      title: `What ${parameter} ${reference} was for, and what it was given for`,
      steps: [
        { at: ownCall, state: 'done', text: `${own}: the first that it was given for` },
        ...calls.slice(0, MAX_SHOWN).map((at) => ({ at, state: 'crossed' as const, text: `given for another of ${collection}` })),
      ],
    }],
  };
} // prettier-ignore

/** Flags objects that came to a step without the one that all others took before it. */
export const businessFlowSkip: Detector = {
  id: 'business-flow-skip',
  version: 2,
  title: 'A mandatory step was left out',
  question: 'Did anything come to a step without the one that always comes before it?',
  about: {
    catches: 'An object that comes to a step without the one that the same kind of object always takes before it: shipped without payment, paid without approval; and a reference, such as a ticket, that is given for objects it was not issued for.',
    inputs: ['calls with a path template that names the object, over hundreds of objects', 'references in the query that go with the objects'],
    falsePositives: ['a second rightful way that is rare in the evidence', 'a step that was taken before the evidence begins, or elsewhere', 'a reference that was first used for the wrong object'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains'],
  reads: ['caller', 'time', 'status'],
  maps: {
    owaspApi: ['API6:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02', 'ASI09'],
    attack: ['T1190', 'T1657'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-841', 'CWE-840'],
  },
  settings: [
    { name: 'minSupport', value: MIN_SUPPORT, why: 'objects on which a rule must rest; fewer may keep to it by chance' },
    { name: 'minConfidence', value: MIN_CONFIDENCE, why: 'share of the objects that keep to it; a usual step that one in fifty leaves out is not mandatory' },
    { name: 'minReferences', value: MIN_REFERENCES, why: 'values of a parameter on which it must rest that each goes with one object' },
    { name: 'minBound', value: MIN_BOUND, why: 'share of them that does; slips of the pen are the rest' },
    { name: 'minForeign', value: MIN_FOREIGN, why: 'other objects under one reference; a slip names one' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const callers = readCallers(db);
    const reused = await findReused(db, breathe);
    const skipped = await findLeftOut(db, breathe);
    if (skipped === undefined && reused.length === 0)
      return { kind: 'not-evaluable', reason: 'no object is changed by two endpoints whose paths name it: steps cannot be bound to objects' };
    const leftOut = [...groupBy(skipped?.broken ?? [], ({ principal }) => principal)].map(([id, own]) =>
      toDraft(db, skipped?.endpoints ?? new Map<number, Endpoint>(), { caller: callerOf(callers, id), skipped: own }),
    );
    return { kind: 'evaluated', findings: [...leftOut, ...reused.map((each) => toReuseDraft(db, callerOf(callers, each.principal), each))] };
  },
}; // prettier-ignore
