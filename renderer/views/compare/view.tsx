import './view.css';
import { ArrowLeftRight } from 'lucide-react';
import { FilterBar } from '../../filter/filter-bar.tsx';
import { useFilter } from '../../filter/use-filter.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { goTo, usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { ComparedFields } from './compared-fields.tsx';
import { ComparedNumbers } from './compared-numbers.tsx';
import { ComparedSteps } from './compared-steps.tsx';
import { chainOf, restrict } from './sides.ts';

/** Compare: two sets of calls side by side, each number with the calls behind it. The shared query narrows both. */
export function CompareView() {
  const filter = useFilter();
  const left = usePlace('left');
  const right = usePlace('right');
  return (
    <div className="view">
      <FilterBar
        filter={filter}
        label="Query over the calls of both sides"
        placeholder="Narrow both sides: is:write, host:files.*"
        count=""
      />
      {left === undefined || right === undefined ? <NothingChosen /> : <TwoSides left={left} right={right} filter={filter.good} />}
    </div>
  );
}

function NothingChosen() {
  return (
    <EmptyState
      title="Nothing is compared yet"
      actions={
        <>
          <GoLink to={{ view: 'chains' }} className="button">
            Choose chains
          </GoLink>
          <GoLink to={{ view: 'identities', tab: 'principals' }} className="button">
            Choose principals
          </GoLink>
        </>
      }
    >
      Lay two things into the compare tray: calls, chains, principals, windows of time or queries. Each of them has the button “Compare…”,
      and the key D where a list has the focus.
    </EmptyState>
  );
}

interface TwoSidesProps {
  readonly left: string;
  readonly right: string;
  readonly filter: string;
}

function TwoSides({ left, right, filter }: TwoSidesProps) {
  const sides = { left: restrict(left, filter), right: restrict(right, filter) };
  const comparison = useEngineQuery('calls.compare', sides);
  const chains = [chainOf(left), chainOf(right)] as const;
  return (
    <Answer query={comparison} what="the comparison" lines={10}>
      {(data) => (
        <div
          className={comparison.stale ? 'compare-body stale' : 'compare-body'}
          aria-busy={comparison.stale}
          tabIndex={0}
          role="region"
          aria-label="Comparison"
        >
          <div className="compare-head">
            <h2>Side by side</h2>
            <span className="muted">
              {data.shared === 0 ? (
                'No call is on both sides'
              ) : (
                <>
                  <GoLink to={toCalls(`(${sides.left}) and (${sides.right})`)}>{formatPlural(data.shared, 'call')}</GoLink> on both sides
                </>
              )}
            </span>
            <IconButton
              icon={ArrowLeftRight}
              label="Swap the two sides"
              title="Swap"
              onClick={() => {
                goTo({ left: right, right: left });
              }}
            />
          </div>
          <ComparedNumbers comparison={data} sides={sides} names={{ left, right }} />
          {chains[0] === undefined || chains[1] === undefined ? null : <ComparedSteps left={chains[0]} right={chains[1]} />}
          <ComparedFields comparison={data} sides={sides} />
        </div>
      )}
    </Answer>
  );
}
