import type { CaseProgress } from '#shared/contract/board.ts';
import type { CaseOutcome } from '#shared/contract/triage.ts';
import { learntWords } from '#shared/model/learning.ts';
import { OUTCOME_TEXT } from '#shared/model/outcome.ts';
import { toIdentities, toSources, toUnanswered } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';

/** `partly`: begun, or done with something left to look at. */
export type StepState = 'done' | 'partly' | 'to-do';

/** A verb of the work on a case: how far it is, in one sentence, and where it is done. */
export interface Step {
  readonly verb: string;
  readonly state: StepState;
  readonly says: string;
  readonly to: Partial<Place>;
}

const stateOf = (done: boolean, begun: boolean): StepState => (done ? 'done' : begun ? 'partly' : 'to-do');

function evidence({ sources, unread }: CaseProgress): Step {
  return {
    verb: 'Make visible',
    state: stateOf(sources > 0 && unread === 0, sources > 0),
    says: `${formatPlural(sources, 'source')}${unread === 0 ? ', all read' : `, ${formatCount(unread)} not or not wholly read`}`,
    to: toSources,
  };
}

function classify({ endpoints, fromBodies, sensitive }: CaseProgress): Step {
  return {
    verb: 'Classify',
    state: stateOf(endpoints > 0 && fromBodies === endpoints, endpoints > 0),
    says:
      endpoints === 0
        ? 'No endpoint is known yet'
        : `${formatCount(sensitive)} of ${formatPlural(endpoints, 'endpoint')} sensitive; ${formatCount(fromBodies)} judged by bodies, the others by names`,
    to: { view: 'inventory', endpoint: undefined, filter: undefined, tab: 'flat' },
  };
}

function baseline({ baseline: window, learnt, analyzed }: CaseProgress): Step {
  return {
    verb: 'Baseline',
    state: stateOf(window !== undefined && learnt === undefined, window !== undefined),
    says:
      window === undefined
        ? analyzed
          ? 'No quiet time to learn from: principals are measured against each other only'
          : 'Known after the analysis'
        : `Usual is ${formatTime(window[0], 'min')} to ${formatTime(window[1], 'min')} UTC${learnt === undefined ? '' : `. ${learntWords(learnt, `${formatTime(learnt.first, 'min')} UTC`)}`}`,
    to: { view: 'inventory', endpoint: undefined, tab: 'changes' },
  };
}

function monitor({ analyzed, questions, unanswered }: CaseProgress): Step {
  return {
    verb: 'Look for the strange',
    state: stateOf(analyzed && unanswered === 0, analyzed),
    says: analyzed
      ? `${formatCount(questions - unanswered)} of ${formatPlural(questions, 'question')} could be answered`
      : 'The evidence as it stands is not analysed',
    to: toUnanswered,
  };
}

function triage({ suggested, accepted, dismissed, urgent }: CaseProgress): Step {
  const decided = accepted + dismissed;
  return {
    verb: 'Decide on findings',
    state: stateOf(decided > 0 && urgent === 0 && suggested === 0, decided > 0),
    says:
      suggested + decided === 0
        ? 'There is none'
        : `${formatCount(decided)} of ${formatCount(suggested + decided)} decided${urgent === 0 ? '' : `; ${formatCount(urgent)} critical or high are open`}`,
    to: { view: 'findings', finding: undefined, tab: undefined },
  };
}

function privilege({ policies }: CaseProgress): Step {
  return {
    verb: 'Least privilege',
    state: stateOf(policies > 0, false),
    says: policies === 0 ? 'No principal has a smallest policy' : `${formatPlural(policies, 'principal has', 'principals have')} a smallest policy, tried on the calls`,
    to: toIdentities('privilege'),
  }; // prettier-ignore
}

function revoke({ toRevoke, revoked }: CaseProgress): Step {
  return {
    verb: 'Revoke',
    state: stateOf(toRevoke > 0 && revoked === toRevoke, revoked > 0),
    says:
      toRevoke === 0
        ? 'No credential is named by an incident'
        : `${formatCount(revoked)} of ${formatPlural(toRevoke, 'credential')} of incidents known to be revoked`,
    to: toIdentities('revocation'),
  };
}

function report(outcome: CaseOutcome | undefined): Step {
  return {
    verb: 'Conclude and report',
    state: stateOf(outcome !== undefined, false),
    says: outcome === undefined ? 'Nobody has said what it came to' : `Outcome: ${OUTCOME_TEXT[outcome.outcome]}`,
    to: { view: 'report' },
  };
}

/** The work on a case in its guided order, each step with its state. Source: requirements.md 1.3, row 29. */
export const toSteps = (progress: CaseProgress, outcome: CaseOutcome | undefined): readonly Step[] => [
  evidence(progress),
  classify(progress),
  baseline(progress),
  monitor(progress),
  triage(progress),
  privilege(progress),
  revoke(progress),
  report(outcome),
];
