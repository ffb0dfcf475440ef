import { OUTCOME_TEXT } from '../model/outcome.ts';
import type { TriageChange } from './triage.ts';

/** A change in words, as the log and the Undo button say it; `nameOf` gives what stands for the id of a finding. */
export function describeTriage(change: TriageChange, nameOf: (finding: string) => string): string {
  switch (change.kind) {
    case 'finding-accept':
      return `accepted the finding ${nameOf(change.finding)}${change.reason === '' ? '' : `: ${change.reason}`}`;
    case 'finding-dismiss':
      return `dismissed the finding ${nameOf(change.finding)}: ${change.reason}`;
    case 'finding-reopen':
      return `opened the finding ${nameOf(change.finding)} again`;
    case 'finding-severity':
      return change.to === undefined
        ? `gave the finding ${nameOf(change.finding)} its own severity back`
        : `set the finding ${nameOf(change.finding)} to ${change.to.severity}: ${change.to.reason}`;
    case 'finding-note':
      return change.text === ''
        ? `removed the note of the finding ${nameOf(change.finding)}`
        : `wrote a note on the finding ${nameOf(change.finding)}`;
    case 'finding-merge':
      return change.into === undefined
        ? `took the finding ${nameOf(change.finding)} out of the one it was part of`
        : `made the finding ${nameOf(change.finding)} part of ${nameOf(change.into)}`;
    case 'outcome':
      return change.to === undefined
        ? 'took the outcome of the case back'
        : `set the outcome of the case to ${OUTCOME_TEXT[change.to.outcome]}${change.to.reason === '' ? '' : `: ${change.to.reason}`}`;
  }
}
