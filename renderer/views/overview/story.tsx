import type { FindingJson } from '#shared/contract/report-json.ts';
import type { StoryStep } from '#shared/contract/rows.ts';
import { evidenceQuery } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toCalls, toChain, toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural, formatTime } from '../../widgets/format.ts';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { StepList } from '../../widgets/step-list.tsx';

interface StoryProps {
  readonly finding: FindingJson;
  readonly steps: readonly StoryStep[];
}

/** Finding number one, told in its steps; each step opens its call. */
export function Story({ finding, steps }: StoryProps) {
  const chain = finding.chains[0];
  return (
    <section className="story" aria-labelledby="story-title">
      <div className="story-head">
        <SeverityMark severity={finding.severity} />
        <span className="tag">{finding.confidence}</span>
        <span className="story-links">
          <GoLink to={toFinding(finding.id)}>Finding</GoLink>
          {chain === undefined ? null : <GoLink to={toChain(chain)}>Chain</GoLink>}
        </span>
      </div>
      <h2 id="story-title">
        <EvidenceText text={finding.title} />
      </h2>
      {steps.length === 0 ? (
        <Facts finding={finding} />
      ) : (
        <StepList
          steps={steps}
          brief
          link={(step, time) => (
            <GoLink to={toCall(step.call)} title={`Open the call ${step.call}`}>
              {time}
            </GoLink>
          )}
        />
      )}
    </section>
  );
}

/** First things to do that are told here; the finding has all of them. */
const FIRST_STEPS = 4;

/** Of a finding without a story of its own: when it was, how much there is of it, why it is so grave, and what to do. */
function Facts({ finding }: { readonly finding: FindingJson }) {
  const { calls, window, severityWhy, remediation } = finding;
  return (
    <>
      <p>
        <GoLink to={toCalls(evidenceQuery(finding))} className="link number-link">
          {formatPlural(calls.length, 'call')}
        </GoLink>
        {window === undefined ? ' at times that are not known' : ` from ${formatTime(window[0], 's')} to ${formatTime(window[1], 's')} UTC`}
        . Severity: <EvidenceText text={severityWhy} />.
      </p>
      {remediation.length === 0 ? null : (
        <>
          <h3>What to do</h3>
          <ol className="steps">
            {remediation.slice(0, FIRST_STEPS).map((step, index) => (
              <li key={index}>
                <EvidenceText text={step} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
