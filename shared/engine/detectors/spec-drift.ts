import { append } from '../../lib/append.ts';
import { greatest } from '../../lib/extremes.ts';
import { groupBy } from '../../lib/group-by.ts';
import { wilsonLowerBound } from '../../lib/stats.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { driftCalls, inTimeOrder, whoMade } from './inventory/evidence.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** From so many callers on, or from this share of them, the description is wrong and not the caller. */
const MANY_CALLERS = 3;
const MOST_CALLERS = 0.5;
/** An endpoint with fewer callers does not tell odd ones from others. */
const MIN_CALLERS = 5;
/** Kinds of difference counted in the sentence of a finding; each difference stands among what was observed. */
const NAMED = 3;

interface Place {
  readonly endpoint: number;
  readonly key: string;
  readonly host: string;
  readonly kind: string;
  readonly place: string;
  readonly calls: number;
  readonly principals: number;
  readonly callers: number;
  readonly total: number;
  readonly sensitivity: number;
}

const readPlaces = (db: SqlDriver): readonly Place[] =>
  db
    .prepare(
      `SELECT d.endpoint_id AS endpoint, e.key, e.host, d.kind, d.place, d.calls, d.principals, e.principals AS callers, s.calls AS total, e.sensitivity
         FROM endpoint_drift d JOIN endpoint e ON e.id = d.endpoint_id JOIN endpoint_summary s ON s.endpoint_id = e.id ORDER BY e.key, d.calls DESC, d.kind, d.place`,
    )
    .all<Place>();

const isOddCaller = (place: Place): boolean =>
  place.callers >= MIN_CALLERS &&
  place.principals > 0 &&
  place.principals < MANY_CALLERS &&
  place.principals / place.callers < MOST_CALLERS;

const sayPlace = (place: Place): string => `${place.kind.replaceAll('-', ' ')} ${place.place} at ${place.key}`;

/** Kinds of difference with how many there are, the most frequent first. Example: `3 × undocumented parameter and 1 × different auth`. */
function kindsOf(places: readonly Place[]): string {
  const kinds = [...groupBy(places, ({ kind }) => kind)].toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return listOf(kinds.map(([kind, list]) => `${countOf(list.length)} × ${kind.replaceAll('-', ' ')}`), NAMED);
} // prettier-ignore

function toDraft(db: SqlDriver, subject: string, title: string, places: readonly Place[], severity: SeverityDraft, guess: string): FindingDraft {
  const calls = inTimeOrder(places.flatMap((place) => driftCalls(db, place.endpoint, place.kind, place.place)));
  const who = whoMade(db, calls);
  const worst = places.reduce((most, place) => Math.max(most, wilsonLowerBound(Math.min(place.calls, place.total), place.total)), 0);
  return {
    subject, title, severity, confidence: 'observed',
    score: Math.round(Math.min(1, 0.1 + worst * 0.3 + greatest(places.map((place) => place.sensitivity)) * 0.1) * 100) / 100,
    principals: who.principals, credentials: [], endpoints: [...new Set(places.map((place) => place.endpoint))], chains: who.chains, calls, crossedAt: calls[0],
    observed: { differences: places.slice(0, 50).map((place) => `${sayPlace(place)}: ${plural(place.calls, 'call')}, ${plural(place.principals, 'principal')}`), count: places.length, leastShareOfCalls: Math.round(worst * 1000) / 1000 },
    expected: { differences: 0 },
    benignTested: [{ explanation: 'the description is wrong or old', result: guess }],
    remediation: ['Correct the description, or the service, whichever the owner says is wrong; then refuse what the description does not have.'],
  };
} // prettier-ignore

function draftsOf(db: SqlDriver, host: string, places: readonly Place[]): readonly FindingDraft[] {
  const noAuth = places.filter((place) => place.kind === 'missing-auth');
  const others = places.filter((place) => place.kind !== 'missing-auth');
  const odd = others.filter(isOddCaller);
  const wrong = others.filter((place) => !isOddCaller(place));
  return [
    ...noAuth.map((place) =>
      toDraft(db, `${place.key} missing-auth`, `${place.key} is described as protected and answered ${plural(place.calls, 'call')} without a credential`, [place], { base: 'medium', steps: [] },
        isOddCaller(place) ? 'not supported: few of its principals came without one' : 'possible: several principals came without one; ask whether it is meant to be public')),
    // eslint-disable-next-line no-restricted-syntax -- the subject is part of the id, by which decisions on the finding are kept
    ...(odd.length === 0 ? [] : [toDraft(db, `${host} odd callers`, `Single principals use ${host} in ${plural(odd.length, 'way')} that its description does not have: ${kindsOf(odd)}`, odd, { base: 'low', steps: [] }, 'less likely: one or two of many principals do it')]),
    ...(wrong.length === 0 ? [] : [toDraft(db, `${host} description`, `The description of ${host} differs from its calls in ${plural(wrong.length, 'place')}: ${kindsOf(wrong)}`, wrong, { base: 'info', steps: wrong.some((place) => place.kind === 'different-auth') ? [{ by: 1, why: 'credentials of another kind than described are accepted' }] : [] }, 'likely: most of its principals do it')]),
  ];
} // prettier-ignore

/** Flags hosts whose calls are not what their description says. */
export const specDrift: Detector = {
  id: 'spec-drift',
  version: 1,
  title: 'Behaviour beside the description',
  question: 'Where do calls and answers differ from what the API description promises?',
  about: {
    catches: 'Calls and answers that contradict the API description: statuses, types, fields, missing sign-in.',
    inputs: ['an API description', 'calls, better with bodies'],
    falsePositives: ['a fault of the description: then many principals show it'],
  },
  family: 'posture',
  needs: ['inventory', 'chains'],
  reads: ['status', 'requestBody', 'answerBody'],
  maps: {
    owaspApi: ['API8:2023', 'API9:2023', 'API3:2023'],
    owaspLlm: ['LLM05:2025'],
    owaspAgentic: ['ASI05'],
    attack: [],
    atlas: [],
    cwe: ['CWE-20', 'CWE-1059'],
  },
  settings: [
    {
      name: 'manyCallers',
      value: MANY_CALLERS,
      why: 'what three principals or most principals do is a fault of the description, not of a principal',
    },
    { name: 'minCallers', value: MIN_CALLERS, why: 'with fewer principals of an endpoint nobody can be called the odd one' },
  ],
  async run(db, breathe) {
    if (db.prepare("SELECT 1 FROM operation WHERE contract <> '' LIMIT 1").get() === undefined)
      return { kind: 'not-evaluable', reason: 'no API description with schemas in the evidence' };
    const byHost = new Map<string, Place[]>();
    for (const place of readPlaces(db)) byHost.set(place.host, [...(byHost.get(place.host) ?? []), place]);
    const findings: FindingDraft[] = [];
    for (const [host, places] of byHost) {
      append(findings, draftsOf(db, host, places));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
