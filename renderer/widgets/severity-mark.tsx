import type { Severity } from '#shared/contract/report-json.ts';

const WORDS: Readonly<Record<Severity, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' };

/** Shapes in a 12 px box: octagon, triangle, diamond, circle, dot. */
export const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M4 .5h4l3.5 3.5v4L8 11.5H4L.5 8V4z',
  high: 'M6 .8 11.6 11H.4z',
  medium: 'M6 .4 11.6 6 6 11.6.4 6z',
  low: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1',
  info: 'M6 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
};

/** The shape alone, as the content of an SVG of the caller's; centred on 6,6 in a 12 × 12 box. */
export function SeverityShape({ severity }: { readonly severity: Severity }) {
  return <path d={SEVERITY_SHAPES[severity]} className={`severity-fill severity-${severity}`} />;
}

/** How urgent, from 0 for what only informs. */
const URGENCY: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** The worst severity of the findings that name any of these calls; `undefined` when none is named. */
export const worstSeverity = (calls: readonly { readonly findingSeverity?: Severity }[]): Severity | undefined =>
  calls.reduce<Severity | undefined>((worst, { findingSeverity: next }) => {
    if (next === undefined) return worst;
    return worst === undefined || URGENCY[next] > URGENCY[worst] ? next : worst;
  }, undefined);

interface SeverityMarkProps {
  readonly severity: Severity;
  /** Without the word the mark has it as its label. */
  readonly word?: boolean;
}

/** How bad: always shape and colour, and the word in sight or as the label. */
export function SeverityMark({ severity, word = true }: SeverityMarkProps) {
  return (
    <span
      className={`severity severity-${severity}`}
      {...(word ? {} : { role: 'img', 'aria-label': `${WORDS[severity]} severity`, title: WORDS[severity] })}
    >
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <SeverityShape severity={severity} />
      </svg>
      {word ? <span>{WORDS[severity]}</span> : null}
    </span>
  );
}
