import type { Severity } from '../../contract/report-json.ts';
import type { SeverityDraft } from './detector.ts';

/** Severities in rising order. */
export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** A severity and the line of arithmetic that leads to it. */
export interface SettledSeverity {
  readonly severity: Severity;
  readonly why: string;
}

/**
 * Adds the steps to the base, within info and critical, then caps.
 * Example: base medium, +1 "five answers were 2xx", +1 "card data" gives critical and
 * `medium + 1 (five answers were 2xx) + 1 (card data) = critical`.
 */
export function settleSeverity(draft: SeverityDraft): SettledSeverity {
  const sum = draft.steps.reduce((level, step) => level + step.by, SEVERITIES.indexOf(draft.base));
  let level = Math.max(0, Math.min(SEVERITIES.length - 1, sum));
  const steps = draft.steps
    .filter((step) => step.by !== 0)
    .map((step) => ` ${step.by < 0 ? '−' : '+'} ${String(Math.abs(step.by))} (${step.why})`)
    .join('');
  // What weighs nothing is no arithmetic, but says why it does not.
  const asides = draft.steps
    .filter((step) => step.by === 0)
    .map((step) => `; ${step.why}`)
    .join('');
  let capped = '';
  if (draft.cap !== undefined && SEVERITIES.indexOf(draft.cap.at) < level) {
    level = SEVERITIES.indexOf(draft.cap.at);
    capped = `, capped at ${draft.cap.at} (${draft.cap.why})`;
  }
  const severity = SEVERITIES[level] ?? draft.base;
  if (steps === '' && capped === '')
    return { severity, why: `${severity}, as this rule begins${asides === '' ? '; nothing adds to it or takes from it' : asides}` };
  return { severity, why: `${draft.base}${steps}${capped} = ${severity}${asides}` };
}
