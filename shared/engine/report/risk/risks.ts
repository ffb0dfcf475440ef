import type { RootCauseKind } from '../../../model/root-cause.ts';
import type { CounterfactualJson, EndpointFlag, FindingJson, ReportJson } from '../../../contract/report-json.ts';

type Json = Omit<ReportJson, 'chains'>;

/** A tier with its ground in words. Units: 1 (least) to 4. */
export interface Tier {
  readonly tier: 1 | 2 | 3 | 4;
  readonly why: string;
}

/** A control that was played over the calls of the finding's callers. */
export interface StoppingControl extends Pick<
  CounterfactualJson,
  'control' | 'incidentBlocked' | 'incidentTotal' | 'legitimateBroken' | 'legitimateTotal'
> {
  readonly principal: string;
}

/** One line of the risk register. */
export interface Risk {
  readonly finding: FindingJson;
  readonly likelihood: Tier;
  readonly impact: Tier;
  /** Likelihood times impact, 1 to 16. */
  readonly product: number;
  readonly control: StoppingControl | undefined;
}

/** From what the evidence shows, not from a guess about attackers: what was seen to happen is certain, what stood open is possible. */
function likelihoodOf({ family, confidence, calls }: FindingJson): Tier {
  if (family === 'incident') {
    if (confidence === 'observed') return { tier: 4, why: 'happened' };
    if (confidence === 'inferred') return { tier: 3, why: 'very likely happened' };
    return { tier: 2, why: 'may have happened' };
  }
  return calls.length > 0 ? { tier: 2, why: 'open, no misuse seen' } : { tier: 1, why: 'not touched' };
}

const OF_LEVEL = { S0: 1, S1: 2, S2: 3, S3: 4 } as const;
const LEVEL_WORDS = { S0: 'no sensitive data seen', S1: 'internal data', S2: 'data about people', S3: 'secret or payment data' } as const;
/** Operations that act are at least as grave as reading data about people. */
const GRAVE_FLAGS: Readonly<Partial<Record<EndpointFlag, string>>> = {
  'moves-money': 'money can be moved',
  'grants-power': 'rights can be granted',
  destroys: 'data can be deleted',
};

/** Endpoints of a finding; where it is about a credential or a principal alone, those that its principals work with. */
const reachOf = ({ leastPrivilege }: Json, { endpoints, principals }: FindingJson): readonly string[] =>
  endpoints.length > 0
    ? endpoints
    : leastPrivilege.flatMap(({ principal, operations }) => (principals.includes(principal) ? operations : []));

/** By the most sensitive operation of the finding, and by what its operations can do. */
function impactOf(json: Json, finding: FindingJson): Tier {
  const { endpoints } = json;
  const named = new Set(reachOf(json, finding));
  const touched = endpoints.filter(({ id }) => named.has(id));
  const levels = touched.map(({ sensitivity }) => sensitivity).sort();
  const level = levels[levels.length - 1];
  const flag = touched.flatMap(({ flags }) => flags.flatMap((each) => GRAVE_FLAGS[each] ?? [])).sort()[0];
  const tier = level === undefined ? 1 : OF_LEVEL[level];
  if (flag !== undefined && tier < 3) return { tier: 3, why: flag };
  return { tier, why: level === undefined ? 'no endpoint is named' : `${LEVEL_WORDS[level]} (${level})` };
}

/** Rules about how much or how often: only of these a limit of the rate speaks. */
const OF_AMOUNT: ReadonlySet<string> = new Set([
  'bola-enumeration', 'pagination-harvest', 'low-and-slow-scrape', 'rate-burst', 'bulk-data-egress', 'auth-failure-burst', 'agent-loop', 'recon-fanout',
  'machine-speed-chain', 'destructive-burst',
]); // prettier-ignore

const POWER = ['policy', 'scope', 'audience'] as const;
/**
 * Controls that meet a cause, by their ids. Less power does not stop a thief who does what his victim may; a short life or another network does not
 * stop an agent that is led astray at home.
 */
const MEETS: Readonly<Record<RootCauseKind, readonly string[]>> = {
  stolen: ['networks', 'lifetime-15', 'lifetime-60', 'audience'],
  'over-privileged': POWER,
  misled: POWER,
  undecided: [...POWER, 'networks'],
};
/** A control that stops more of the ordinary work than this would not have been in force. Ratio. */
const MAX_BROKEN = 0.1;

/** Whether a control meets the cause and the class of a finding, and would have been lived with. */
function fits({ detector, rootCause }: FindingJson, id: string, { legitimateBroken, legitimateTotal }: StoppingControl): boolean {
  const cause = rootCause?.kind ?? 'undecided';
  const isMet = MEETS[cause].includes(id) || (cause !== 'stolen' && cause !== 'misled' && OF_AMOUNT.has(detector) && id.startsWith('rate'));
  return isMet && legitimateBroken <= legitimateTotal * MAX_BROKEN;
}

/** Of the controls that meet the cause the one that stops most incident calls of the finding's callers; of equal ones that which breaks least. */
function controlOf({ leastPrivilege }: Json, finding: FindingJson): StoppingControl | undefined {
  if (finding.family !== 'incident') return undefined;
  const named = new Set(finding.principals);
  const tried = leastPrivilege
    .filter(({ principal }) => named.has(principal))
    .flatMap(({ principal, replay, counterfactuals }) => [
      ...counterfactuals.map((control) => ({ principal, ...control })),
      { id: 'policy', principal, control: 'the smallest policy', ...replay },
    ]);
  return tried
    .filter((control) => control.incidentBlocked > 0 && fits(finding, control.id, control))
    .toSorted((a, b) => b.incidentBlocked - a.incidentBlocked || a.legitimateBroken - b.legitimateBroken)[0];
}

/** What prevents a cause, whether or not it could be played over the log; `undefined` where none was decided. */
export const PREVENTS: Readonly<Partial<Record<RootCauseKind, string>>> = {
  stolen: 'Bind the credential to its sender (DPoP, mTLS) or to the networks of its holder, so that a copy is of no use.',
  'over-privileged': 'Check on each call that the object or the function is the principal’s own.',
  misled: 'Let the agent’s tools reach named hosts only, and let a person confirm what leaves the estate.',
};

/**
 * The risk register: findings that are not dismissed, the greatest product first, else as the report prints them.
 * Source: likelihood tier times impact class, both of four; requirements 26. A rank for talking, not a measured quantity.
 * Example: observed (4) reading of payment data (4) gives 16.
 */
export function listRisks(json: Json): readonly Risk[] {
  return json.findings
    .filter(({ status, severity }) => status !== 'dismissed' && severity !== 'info')
    .map((finding) => {
      const [likelihood, impact] = [likelihoodOf(finding), impactOf(json, finding)];
      return { finding, likelihood, impact, product: likelihood.tier * impact.tier, control: controlOf(json, finding) };
    })
    .toSorted((a, b) => b.product - a.product);
}
