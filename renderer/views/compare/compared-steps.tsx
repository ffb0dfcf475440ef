import { useMemo } from 'react';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toChain } from '../../state/places.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { alignSteps, type AlignedStep } from './align-steps.ts';

/** Calls of each chain that are laid side by side; of longer ones the counts below say the rest. */
const COMPARED = 2000;

/** Two chains step by step, in order of time: what both did, and what only one of them did. */
export function ComparedSteps({ left, right }: { readonly left: string; readonly right: string }) {
  const ours = useEngineQuery('chains.get', { id: left, limit: COMPARED });
  const theirs = useEngineQuery('chains.get', { id: right, limit: COMPARED });
  return (
    <Answer query={ours} what="the left chain" lines={4}>
      {(first) => (
        <Answer query={theirs} what="the right chain" lines={4}>
          {(second) => <Steps left={first} right={second} />}
        </Answer>
      )}
    </Answer>
  );
}

const WORDS = { same: 'both', left: 'only left', right: 'only right' } as const;

function Steps({ left, right }: { readonly left: ChainDetail; readonly right: ChainDetail }) {
  const steps = useMemo(() => alignSteps(left.calls, right.calls), [left.calls, right.calls]);
  const longest = Math.max(left.chain.callCount, right.chain.callCount);
  const count = (kind: AlignedStep['kind']): string =>
    formatCount(steps?.reduce((sum, step) => sum + (step.kind === kind ? step.calls : 0), 0) ?? 0);
  return (
    <section aria-label="Steps in order">
      <h3>Steps in order</h3>
      {steps === undefined ? (
        <p className="muted">The two chains are too different to be laid side by side step by step.</p>
      ) : (
        <>
          <p className="muted">
            {count('same')} steps in both, {count('left')} only left, {count('right')} only right
            {longest > COMPARED ? `, of the first ${formatPlural(COMPARED, 'call')} of each` : ''}.
          </p>
          <ol className="compare-steps" tabIndex={0} aria-label="Steps of both chains">
            {steps.map((step, index) => (
              <Step key={index} step={step} left={left.chain.id} right={right.chain.id} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Step({ step, left, right }: { readonly step: AlignedStep; readonly left: string; readonly right: string }) {
  const name = step.kind === 'fold' ? undefined : <MiddleText text={step.step} mono />;
  if (step.kind === 'fold') return <li className="compare-step muted">{`… ${formatPlural(step.calls, 'equal step')}`}</li>;
  return (
    <li className={`compare-step compare-step-${step.kind}`}>
      <span className="muted">{WORDS[step.kind]}</span>
      <span>
        {step.left === undefined ? null : <GoLink to={toChain(left, step.left)}>{name}</GoLink>}
        {step.right === undefined ? null : step.left === undefined ? (
          <GoLink to={toChain(right, step.right)}>{name}</GoLink>
        ) : (
          <>
            {' '}
            <GoLink to={toChain(right, step.right)}>
              <EvidenceText text="right" />
            </GoLink>
          </>
        )}
      </span>
    </li>
  );
}
