import type { CaseBoard } from '#shared/contract/board.ts';
import type { ReportState } from '#shared/contract/report-settings.ts';
import { TLP_WORDS } from '#shared/model/cover.ts';
import { OUTCOME_TEXT } from '#shared/model/outcome.ts';
import { toSources, toUnanswered, toUndecided } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';

/** Something to look at before the report is handed over. `open` stops nothing: the report says of itself what it lacks. */
export interface Check {
  readonly id: string;
  readonly state: 'done' | 'open';
  readonly says: string;
  /** Where it is done; absent where that stands on this screen. */
  readonly to?: Partial<Place>;
}

function decisions({ analyzed, suggested, accepted, dismissed, urgent }: CaseBoard['progress']): Check {
  const all = suggested + accepted + dismissed;
  if (suggested === 0 && !analyzed) return { id: 'decisions', state: 'open', says: 'Findings are not up to date' };
  if (suggested === 0)
    return {
      id: 'decisions',
      state: 'done',
      says: all === 0 ? 'No finding waits for a decision' : `All ${formatPlural(all, 'finding')} decided`,
    };
  const open = `${formatCount(suggested)} of ${formatPlural(all, 'finding')} undecided`;
  return {
    id: 'decisions',
    state: 'open',
    says: urgent === 0 ? open : `${open}, ${formatCount(urgent)} critical or high`,
    to: toUndecided,
  };
}

function evidence({ sources, unread }: CaseBoard['progress']): Check {
  return unread === 0
    ? { id: 'evidence', state: 'done', says: `${formatPlural(sources, 'source')}, all read` }
    : { id: 'evidence', state: 'open', says: `${formatPlural(unread, 'source')} not or not wholly read`, to: toSources };
}

function questions({ analyzed, questions: all, unanswered }: CaseBoard['progress']): Check {
  if (!analyzed) return { id: 'questions', state: 'open', says: 'The evidence as it stands is not analysed', to: toUnanswered };
  return unanswered === 0
    ? { id: 'questions', state: 'done', says: `All ${formatPlural(all, 'question')} have an answer` }
    : { id: 'questions', state: 'open', says: `${formatPlural(unanswered, 'question')} without an answer`, to: toUnanswered };
}

const outcomeOf = ({ outcome }: CaseBoard): Check =>
  outcome === undefined
    ? { id: 'outcome', state: 'open', says: 'Outcome of the case not said', to: { view: 'overview' } }
    : { id: 'outcome', state: 'done', says: `Outcome: ${OUTCOME_TEXT[outcome.outcome]}` };

function cover({ settings: { tlp, omitted } }: ReportState): readonly Check[] {
  return [
    tlp === undefined
      ? { id: 'marking', state: 'open', says: 'No marking (TLP) chosen' }
      : { id: 'marking', state: 'done', says: `Marked ${TLP_WORDS[tlp]}` },
    ...(omitted.length === 0
      ? []
      : [{ id: 'sections', state: 'open' as const, says: `${formatPlural(omitted.length, 'section is', 'sections are')} left out` }]),
  ];
}

function signature({ signOff, signatureHolds }: ReportState): Check {
  if (signOff === undefined) return { id: 'signature', state: 'open', says: 'Not signed off' };
  return signatureHolds
    ? { id: 'signature', state: 'done', says: 'Signed off' }
    : { id: 'signature', state: 'open', says: 'The case has changed since it was signed' };
}

/** What stands between the case and a report that can be handed over, in the order of the work. */
export const toChecks = (board: CaseBoard, state: ReportState): readonly Check[] => [
  evidence(board.progress),
  questions(board.progress),
  decisions(board.progress),
  outcomeOf(board),
  ...cover(state),
  signature(state),
];
