import type { FindingJson } from '#shared/contract/report-json.ts';
import type { CallTruth, IncidentTruth } from '#test/support/scenarios/core/truth.ts';

import type { Export } from './export.ts';
import type { Truth } from './load.ts';
import type { Score, Scores } from './score.ts';
import { majorityOf, viewOf, type View } from './view.ts';

/** Share of the evidence that must be named before an incident counts as found; one call at least. */
const FOUND_SHARE = 0.2;
/** A finding is about an incident when most of its calls are the incident's, or when it holds that much of the evidence … */
const ABOUT_SHARE = 0.5;
/** … and not a net over everybody: of ten calls that an analyst opens one at least must be the incident's. */
const LEAST_SHARE = 0.1;
const TOP = 3;
const MINUTE_MS = 60_000;
const MILLION = 1e6;

/** Findings that an analyst is sent to: family incident, medium or worse, as the report sorts them. */
const alarmsOf = ({ report }: Export): readonly FindingJson[] =>
  report.findings.filter(({ family, severity }) => family === 'incident' && ['medium', 'high', 'critical'].includes(severity));

const isOf = (incident: IncidentTruth, call: CallTruth): boolean => call.label?.kind === 'incident' && call.label.id === incident.id;
const isEvidence = (incident: IncidentTruth, call: CallTruth): boolean => isOf(incident, call) && call.label?.role === 'evidence';

/** What one finding says of one incident. */
interface Judged {
  readonly finding: FindingJson;
  readonly known: readonly CallTruth[];
  readonly about: boolean;
}

function judgeFinding(view: View, incident: IncidentTruth, least: number, finding: FindingJson): Judged {
  const known = [...new Set(finding.calls.flatMap((ref) => view.truthOf(ref) ?? []))];
  const evidence = known.filter((call) => isEvidence(incident, call)).length;
  const own = known.filter((call) => isOf(incident, call)).length / known.length;
  return { finding, known, about: evidence > 0 && (own > ABOUT_SHARE || (evidence >= least && own >= LEAST_SHARE)) };
}

/** True when one of the guilty is among the first three that the findings name, in their order. */
function isNamedFirst(alarms: readonly FindingJson[], key: 'principals' | 'credentials', guilty: ReadonlySet<string>): boolean {
  const named = [...new Set(alarms.flatMap((finding) => finding[key]))].slice(0, TOP);
  return named.some((id) => guilty.has(id));
}

/**
 * Names by which the product knows the guilty: what it says for most calls of each in the evidence, where most of all calls from
 * outside of that name are a guilty one's. A name that lumps them together with many others accuses nobody.
 */
function guiltyOf(view: View, evidence: readonly CallTruth[], key: 'principal' | 'credential'): ReadonlySet<string> {
  const guilty = new Set(evidence.flatMap((call) => call[key] ?? []));
  const outer = view.seen.filter(({ hop }) => hop === 'client');
  const meant = majorityOf(outer.map((call) => [view.saidOf(call)?.[key], guilty.has(call[key] ?? '') ? 'guilty' : 'innocent']));
  const said = majorityOf(evidence.map((call) => [call[key], view.saidOf(call)?.[key]])).values();
  return new Set([...said].filter((name) => meant.get(name) === 'guilty'));
}

/** What the findings about one incident say, in words too: the row of a table. */
export interface IncidentResult {
  readonly scores: Scores;
  readonly recalled: boolean;
  /** Of the first finding about it, among all alarms, from 1. */
  readonly rank: number | undefined;
  readonly detectors: readonly string[];
  /** From the first evidence to the first alarm about it, in the time of the logs. Units: minutes. */
  readonly minutes: number | undefined;
}

/**
 * How well one incident is found. It is recalled when alarms about it hold at least 20 % of its seen evidence, one call at least:
 * less is a hint that an analyst would not follow. `class` is the detector of the first of them; `principal` and `credential` are
 * right when a guilty one is among the first three that alarms name; calls that are the incident's context are neutral in
 * `evidence.precision`. All but `recall` and `evidence.recall` are about recalled incidents, `findings` is how many there are of them;
 * what ends in `.of-all` is about all: an incident that was not recalled counts as wrong.
 */
export function judgeIncident(truth: Truth, exported: Export, incident: IncidentTruth): IncidentResult {
  const view = viewOf(truth, exported);
  const evidence = view.seen.filter((call) => isEvidence(incident, call));
  const least = Math.max(1, Math.ceil(FOUND_SHARE * evidence.length));
  const alarms = alarmsOf(exported);
  const about = alarms.map((finding) => judgeFinding(view, incident, least, finding)).filter((judged) => judged.about);
  const union = new Set(about.flatMap(({ known }) => known));
  const held = [...union].filter((call) => isEvidence(incident, call)).length;
  const recalled = evidence.length > 0 && held >= least;
  const first = about[0]?.finding;
  // A name that stands on a finding which holds too little of the incident helps nobody: only of recalled ones is it right or wrong.
  const told = (name: string, holds: boolean): Scores => ({
    [name]: { sum: recalled && holds ? 1 : 0, of: recalled ? 1 : 0 },
    [`${name}.of-all`]: { sum: recalled && holds ? 1 : 0, of: evidence.length === 0 ? 0 : 1 },
  });
  const guilty = { principals: guiltyOf(view, evidence, 'principal'), credentials: guiltyOf(view, evidence, 'credential') };
  const hasCredential = evidence.some(({ id }) => truth.withCredentials.has(id));
  const detected = about.flatMap(({ finding: { detectedAt } }) => (detectedAt === undefined ? [] : [Date.parse(detectedAt)]));
  return {
    recalled,
    rank: first === undefined ? undefined : alarms.indexOf(first) + 1,
    detectors: [...new Set(about.map(({ finding }) => finding.detector))],
    minutes: detected.length === 0 ? undefined : (Math.min(...detected) - incident.start) / MINUTE_MS,
    scores: {
      [`recall.${incident.form}`]: { sum: recalled ? 1 : 0, of: evidence.length === 0 ? 0 : 1 },
      ...told('class', first !== undefined && incident.detectors.includes(first.detector)),
      ...told('first-rank', first !== undefined && alarms[0] === first),
      ...told('principal', isNamedFirst(alarms, 'principals', guilty.principals)),
      ...(hasCredential ? told('credential', isNamedFirst(alarms, 'credentials', guilty.credentials)) : {}),
      'evidence.precision': { sum: held, of: held + [...union].filter((call) => !isOf(incident, call)).length },
      'evidence.recall': { sum: held, of: evidence.length },
      findings: { sum: recalled ? about.length : 0, of: recalled ? 1 : 0 },
    },
  };
}

/** Scores of all incidents of a scenario together. */
export function detectScores(truth: Truth, exported: Export): Scores {
  const scores: Record<string, Score> = {};
  for (const incident of truth.scenario.incidents)
    for (const [name, { sum, of }] of Object.entries(judgeIncident(truth, exported, incident).scores)) {
      const known = scores[name] ?? { sum: 0, of: 0 };
      scores[name] = { sum: known.sum + sum, of: known.of + of };
    }
  return scores;
}

/** An alarm in a scenario without incidents. */
export interface FalseAlarm {
  readonly detector: string;
  readonly title: string;
  /** The trap that most of its calls belong to. */
  readonly trap: string | undefined;
}

/** Alarms where nothing happened; `false-per-million` counts them for each million calls that really are in the evidence. */
export function cleanScores(truth: Truth, exported: Export): { readonly scores: Scores; readonly alarms: readonly FalseAlarm[] } {
  const view = viewOf(truth, exported);
  const found = alarmsOf(exported);
  const alarms = found.map(({ detector, title, calls }): FalseAlarm => {
    const known = calls.flatMap((ref) => view.truthOf(ref) ?? []);
    const traps = majorityOf(known.map((call) => ['trap', call.label?.kind === 'trap' ? call.label.id : 'no trap']));
    const trap = traps.get('trap');
    return { detector, title, trap: trap === 'no trap' ? undefined : trap };
  });
  return { scores: { 'false-per-million': { sum: found.length * MILLION, of: view.seen.length } }, alarms };
}
