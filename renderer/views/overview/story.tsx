import type { FindingJson } from '#shared/contract/report-json.ts';
import type { StoryStep } from '#shared/contract/rows.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toChain, toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';

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
        <p className="muted">
          <EvidenceText text={finding.severityWhy} />
        </p>
      ) : (
        <ol className="story-steps">
          {steps.map((step, index) => (
            <li key={index} className="story-step">
              <span className="story-number" aria-hidden="true">
                {index + 1}
              </span>
              <div>
                <p>
                  <EvidenceText text={step.text} />
                </p>
                <p className="story-where">
                  <TimeText time={step.time} />
                  <span className="tag">
                    <EvidenceText text={step.role} />
                  </span>
                  <GoLink to={toCall(step.call)} className="link story-ref" title="Open the call">
                    <MiddleText text={step.call} mono />
                  </GoLink>
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
