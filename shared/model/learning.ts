/** Findings of incidents whose calls lie in the time that tells what is usual: what they did was learnt as usual. */
export interface LearntIncidents {
  readonly findings: number;
  /** The first call of them. */
  readonly first: string;
}

/** Two moments, as reports spell them. */
type Moments = readonly [from: string, to: string];

/** As much of a finding as this asks for. */
interface Told {
  readonly family: string;
  readonly severity: string;
  readonly status: string;
  readonly window?: Moments;
}

/** Grave enough that learning from it matters; a note is in every baseline. */
const isGrave = ({ severity }: Told): boolean => severity !== 'info' && severity !== 'low';

/** Incidents of medium severity or worse, not dismissed, that begin before the time of learning ends; undefined when there are none. */
export function findLearntIncidents(findings: readonly Told[], baseline: Moments | undefined): LearntIncidents | undefined {
  if (baseline === undefined) return undefined;
  const [from, to] = baseline;
  const begins = findings
    .filter((finding) => finding.family === 'incident' && finding.status !== 'dismissed' && isGrave(finding))
    .flatMap(({ window }) => (window === undefined || window[0] > to || window[1] < from ? [] : [window[0]]))
    .sort();
  return begins[0] === undefined ? undefined : { findings: begins.length, first: begins[0] };
}

/** What that means, in sentences. `first`: the moment as it is shown beside. */
export const learntWords = ({ findings }: LearntIncidents, first: string): string =>
  `${findings === 1 ? 'One finding of an incident lies' : `${String(findings)} findings of incidents lie`} in the time that tells what is usual, the first from ${first}. What happened then counts as usual, so that questions about what is new or unusual may be silent about it: say when the incident began, and analyse again.`;
