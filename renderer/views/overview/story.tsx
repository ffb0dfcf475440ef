import type { FindingJson } from '#shared/contract/report-json.ts';
import type { StoryStep } from '#shared/contract/rows.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toChain, toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
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
        <p className="muted">
          <EvidenceText text={finding.severityWhy} />
        </p>
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
