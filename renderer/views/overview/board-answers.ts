import type { CaseBoard } from '#shared/contract/board.ts';
import type { PivotJson } from '#shared/contract/revocation.ts';
import { stillValidFigure, stillValidWords } from '#shared/model/still-valid.ts';
import { toAgentFacing, toCalls, toFinding, toIdentities } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { formatCount, formatDuration, formatPlural, formatShare } from '../../widgets/format.ts';

/** A question with its figure, what the figure rests on, and where its rows are. */
export interface BoardAnswer {
  readonly question: string;
  readonly figure: string;
  readonly unit?: string;
  readonly says: string;
  readonly to?: Partial<Place>;
}

const link = (query: string | undefined): Pick<BoardAnswer, 'to'> => (query === undefined ? {} : { to: toCalls(query) });

/**
 * The three questions that boards ask. `incidents`: a query for the calls of open incidents, absent when there is none.
 * Source: requirements.md 1.3, rows 23 to 25.
 */
export function boardAnswers({ kpis, progress }: CaseBoard, incidents: string | undefined): readonly BoardAnswer[] {
  const { agentFacingEndpoints: facing, pivot } = kpis;
  const calls = Object.values(kpis.callsByKind).reduce((sum, count) => sum + count, 0);
  return [
    {
      question: 'How many AI-agent-facing APIs are we monitoring?',
      figure: formatCount(facing.monitored),
      unit: `of ${formatCount(facing.total)}`,
      says: `endpoints that agents call; of ${formatShare(kpis.callsByKind.unknown, calls)} of the calls nobody can say who made them`,
      to: toAgentFacing,
    },
    {
      question: 'What anomalous calls have we flagged?',
      figure: formatCount(kpis.anomalousCalls),
      unit: `(${formatShare(kpis.anomalousCalls, calls)})`,
      says: `calls of incidents; ${formatPlural(progress.accepted, 'finding')} accepted, ${formatCount(progress.suggested)} undecided`,
      ...link(incidents),
    },
    {
      question: 'How quickly can we pivot when something looks off?',
      figure: lengthText(pivot.discoveryLagSeconds),
      says: 'from the first call of an incident to the first one on which a rule could speak; the longest of all incidents',
      ...slowestOf(pivot),
    },
  ];
}

/** The finding that the longest lag is of. */
const slowestOf = ({ discoveryLagFinding: finding }: PivotJson): Pick<BoardAnswer, 'to'> =>
  finding === undefined ? {} : { to: toFinding(finding) };

/** Units: s. */
const lengthText = (seconds: number | undefined): string =>
  seconds === undefined ? 'not known' : seconds <= 0 ? 'at once' : formatDuration(seconds * 1000);

/** The durations of the pivot clock, and what is still valid; what the evidence cannot say is told as such, with what is missing. */
export function pivotDurations(pivot: PivotJson, incidents: string | undefined): readonly BoardAnswer[] {
  const of = (question: string, seconds: number | undefined, says: string, missing: string, to: Pick<BoardAnswer, 'to'>): BoardAnswer => ({
    question,
    figure: lengthText(seconds),
    says: seconds === undefined ? missing : says,
    ...(seconds === undefined ? {} : to),
  });
  const plan = { to: toIdentities('revocation') };
  return [
    of('Exposure', pivot.exposureSeconds, 'first to last call, of the longest incident', 'no incident with a time', link(incidents)),
    of('Could be seen after', pivot.discoveryLagSeconds, 'until a rule could speak, at the latest incident', 'no incident with a time', slowestOf(pivot)),
    of('Finding to revocation', pivot.findingToRevocationSeconds, 'until the last known revocation', 'no revocation is known: say when in the plan', plan),
    { question: 'Still valid', figure: stillValidFigure(pivot.stillValid), says: stillValidWords(pivot.stillValid), ...(pivot.stillValid.of === 0 ? {} : plan) },
    of('Time to the first chain', pivot.analystSecondsToFirstChain, 'from opening the case', 'needs the clock of a signed report', { to: { view: 'report' } }),
  ];
} // prettier-ignore
