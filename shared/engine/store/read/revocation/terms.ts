import type { Confidence, Severity } from '../../../../contract/report-json.ts';
import type { BlastEndpoint, Containment, RevocationTerm } from '../../../../contract/revocation.ts';
import type { IncidentUse, PlanFinding } from './case-facts.ts';

/** The worst incident that it took part in weighs most: harm done outranks harm possible. Units: points. */
const INCIDENT: Readonly<Record<Severity, number>> = { critical: 60, high: 45, medium: 25, low: 10, info: 3 };
/** A suspicion is worth acting on, but after what was seen. Ratio. */
const SURENESS: Readonly<Record<Confidence, number>> = { observed: 1, inferred: 0.85, suspected: 0.6 };
/** What is left of an incident's weight for a credential that hardly any of its calls came with. Ratio. */
const BYSTANDER = 0.25;
/** Somebody else holds it and may use it at any moment, as one that was not contained; it goes before one whose holder can be stopped otherwise. */
const OTHER_HANDS = 30;
/** Of the incidents' calls: the one that carried them goes before one that took part. */
const SHARE = 15;
/** Accepted after its revocation: the incident is still open. */
const NOT_CONTAINED = 30;
/** Where others could read it, anyone may hold it. */
const EXPOSED = 15;
/** While it lives, the next credential can be made. */
const MAKES_OTHERS = 8;
/** A grave weakness beside incidents. Units: points. */
const WEAKNESS: Readonly<Record<Severity, number>> = { critical: 6, high: 4, medium: 2, low: 0, info: 0 };
/** The worst data that it opens, by sensitivity 0 to 3. Units: points. */
const SENSITIVITY = [0, 2, 4, 6] as const;
/** Most points for operations that it opens and never used. */
const UNUSED_REACH = 4;
/** Most points for people whose records it opens. */
const PEOPLE = 10;

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** How long it can still do harm; the longest first. Units: seconds, points. */
const VALIDITY: readonly (readonly [above: number, points: number, words: string])[] = [
  [30 * DAY, 15, 'more than 30 days'],
  [DAY, 12, 'more than a day'],
  [HOUR, 8, 'more than an hour'],
  [0, 4, 'up to an hour'],
];

/** What the terms are worked out from. */
export interface TermInput {
  readonly findings: readonly PlanFinding[];
  readonly incident: IncidentUse | undefined;
  readonly incidentCalls: number;
  /** 0 when expired; undefined when no end is known. Units: seconds. */
  readonly stillValid: number | undefined;
  readonly blast: readonly BlastEndpoint[];
  readonly children: number;
  readonly isExposed: boolean;
  readonly containment: Containment | undefined;
}

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Points to one decimal, so that a sum can be checked by hand. */
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** What a finding weighs for one credential, with the share of its calls that came with it; 1 where no call shows one. */
function weightIn(finding: PlanFinding, incident: IncidentUse | undefined): { readonly part: number; readonly points: number } {
  const share = incident?.shares.get(finding.id) ?? 1;
  const part = BYSTANDER + (1 - BYSTANDER) * share;
  return { part, points: INCIDENT[finding.severity] * SURENESS[finding.confidence] * part };
}

function incidentTerm({ findings, incident }: TermInput): RevocationTerm | undefined {
  const [worst] = findings
    .filter(({ family }) => family === 'incident')
    .map((finding) => ({ finding, ...weightIn(finding, incident) }))
    .sort((a, b) => b.points - a.points);
  if (worst === undefined) return undefined;
  const { severity, confidence, detector } = worst.finding;
  const part = Math.round(worst.part * 100) / 100;
  return {
    name: 'incident',
    points: tenth(worst.points),
    why: `${severity} ${String(INCIDENT[severity])} × ${confidence} ${String(SURENESS[confidence])}${part === 1 ? '' : ` × its part in it ${String(part)}`} (${detector})`,
  };
}

function shareTerm({ incident, incidentCalls }: TermInput): RevocationTerm | undefined {
  if (incident === undefined || incident.calls === 0) return undefined;
  return {
    name: 'share of the incidents',
    points: tenth((SHARE * incident.calls) / incidentCalls),
    why: `${String(SHARE)} × ${String(incident.calls)} of ${incidentCalls.toLocaleString('en-US')} incident calls`,
  };
}

function validityTerm({ stillValid }: TermInput): RevocationTerm {
  const name = 'still valid';
  if (stillValid === undefined) return { name, points: 15, why: 'no end is known: it works until it is revoked' };
  if (stillValid <= 0) return { name, points: 0, why: 'expired before the evidence ends' };
  const band = VALIDITY.find(([above]) => stillValid > above);
  return { name, points: band?.[1] ?? 0, why: `${band?.[2] ?? ''} after the evidence ends` };
}

function reachTerms({ blast }: TermInput): readonly RevocationTerm[] {
  const worst = blast.reduce((most, { sensitivity }) => Math.max(most, sensitivity), 0);
  const unused = blast.filter(({ because }) => because !== undefined).length;
  const people = blast.reduce((sum, row) => sum + row.people, 0);
  return [
    { name: 'data', points: SENSITIVITY[worst] ?? 0, why: `opens endpoints up to S${String(worst)}` },
    {
      name: 'unused reach',
      points: tenth(Math.min(UNUSED_REACH, Math.log2(1 + unused))),
      why: `log₂(1 + ${String(unused)} endpoints it opens and never used), at most ${String(UNUSED_REACH)}`,
    },
    {
      name: 'people',
      points: tenth(Math.min(PEOPLE, 2.5 * Math.log10(1 + people))),
      why: `2.5 × log₁₀(1 + ${String(people)} records about people in reach), at most ${String(PEOPLE)}`,
    },
  ];
}

function weaknessTerm({ findings }: TermInput): RevocationTerm | undefined {
  const [worst] = findings
    .filter(({ family }) => family === 'posture')
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
  return worst === undefined
    ? undefined
    : { name: 'weakness', points: WEAKNESS[worst.severity], why: `${worst.severity} (${worst.detector})` };
}

/** The sum of the points. */
export const scoreOf = (terms: readonly RevocationTerm[]): number => tenth(terms.reduce((sum, { points }) => sum + points, 0));

/** What has expired by its own words waits for what has not: there is nothing left to revoke, only to check. */
const expiredTerm = (terms: readonly RevocationTerm[]): RevocationTerm => ({
  name: 'expired',
  points: tenth(-scoreOf(terms) / 2),
  why: 'half of the points: those that still work go first',
});

/** The summands of an entry's score, in the order in which they are shown; those of no points are left out, but for the validity. */
export function termsOf(input: TermInput): readonly RevocationTerm[] {
  const { containment, isExposed, children } = input;
  const terms: readonly (RevocationTerm | undefined)[] = [
    incidentTerm(input),
    input.findings.some(({ showsTheft }) => showsTheft)
      ? { name: 'other hands', points: OTHER_HANDS, why: 'it was used as by somebody else than its holder' }
      : undefined,
    shareTerm(input),
    containment?.state === 'broken'
      ? { name: 'not contained', points: NOT_CONTAINED, why: `${String(containment.callsAfter)} accepted calls after it was revoked` }
      : undefined,
    validityTerm(input),
    isExposed ? { name: 'exposed', points: EXPOSED, why: 'it stood where others could read it' } : undefined,
    children > 0
      ? { name: 'makes others', points: MAKES_OTHERS, why: `${String(children)} credentials were handed out for it` }
      : undefined,
    ...reachTerms(input),
    weaknessTerm(input),
  ];
  const standing = terms.filter((term): term is RevocationTerm => term !== undefined && (term.points > 0 || term.name === 'still valid'));
  return input.stillValid === 0 && containment?.state !== 'broken' ? [...standing, expiredTerm(standing)] : standing;
}
