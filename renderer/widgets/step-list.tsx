import type { ReactNode } from 'react';
import type { StoryStep } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from './evidence-text.tsx';
import { formatTime } from './format.ts';

interface StepListProps {
  readonly steps: readonly StoryStep[];
  /** Wraps a step's time in the link to its call. */
  readonly link: (step: StoryStep, time: string) => ReactNode;
  /** Three lines a step, with an ellipsis; the whole text is in the tooltip. */
  readonly brief?: boolean;
}

/** An incident in its steps, in order: when (to the call), in what role, what. The day stands where it changes. */
export function StepList({ steps, link, brief = false }: StepListProps) {
  return (
    <ol className={brief ? 'step-list brief' : 'step-list'}>
      {steps.map((step, index) => {
        const day = dayOf(step);
        return (
          <li key={index}>
            {day === undefined || day === dayOf(steps[index - 1]) ? null : <p className="step-day">{day} UTC</p>}
            <div className="step">
              <span className="step-number" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step-time">{link(step, step.time === undefined ? 'no time' : formatTime(step.time).slice(11))}</span>
              <p className="step-text" title={brief ? toVisibleText(step.text) : undefined}>
                <EvidenceText text={step.text} />
              </p>
              <span className="tag">
                <EvidenceText text={step.role} />
              </span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const dayOf = (step: StoryStep | undefined): string | undefined => step?.time?.slice(0, 10);
