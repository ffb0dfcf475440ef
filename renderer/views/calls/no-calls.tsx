import { withOtherSightings } from '#shared/query/other-sightings.ts';
import { EmptyCase } from '../../filter/empty-case.tsx';
import { withoutLast } from '../../filter/pinned.ts';
import { dropFilter, type Filter } from '../../filter/use-filter.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { goTo } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';

/** No call fits: which query did that, and what dropping its last condition would give. */
export function NoCalls({ filter }: { readonly filter: Filter }) {
  const info = useEngineQuery('case.info', {});
  const shorter = withoutLast(filter.own, filter.pins);
  const would = useEngineQuery('calls.count', { query: shorter?.asked ?? '' }, { enabled: shorter !== undefined });
  const wider = withOtherSightings(filter.good);
  const seen = useEngineQuery('calls.count', { query: wider ?? '' }, { enabled: wider !== undefined });
  const sightings = wider === undefined || seen.stale ? 0 : (seen.data?.total ?? 0);
  if (shorter === undefined) {
    return (
      <EmptyCase>
        {info.data?.sources === 0
          ? 'Nothing has been imported yet. Drop HAR files or gateway logs on this window.'
          : `None of the ${formatPlural(info.data?.sources ?? 0, 'source')} gave a call. Evidence says why.`}
      </EmptyCase>
    );
  }
  return (
    <EmptyState
      title={`0 of ${formatCount(info.data?.calls ?? 0)} calls fit this query`}
      actions={
        <>
          <Button
            primary
            onClick={() => {
              goTo(shorter.to);
            }}
          >
            Drop the last condition{would.data === undefined || would.stale ? '' : `: ${formatPlural(would.data.total, 'call')}`}
          </Button>
          {shorter.asked.trim() !== '' ? <Button onClick={dropFilter}>Show all calls</Button> : null}
        </>
      }
    >
      <p>
        <code>
          <EvidenceText text={filter.good} />
        </code>
      </p>
      {wider === undefined || sightings === 0 ? null : (
        <p>
          Another file shows these calls first. As second evidence this one shows{' '}
          <GoLink to={toCalls(wider)}>{formatPlural(sightings, 'call')}</GoLink>.
        </p>
      )}
      <p>
        The last condition is{' '}
        <code>
          <EvidenceText text={shorter.dropped} />
        </code>
      </p>
    </EmptyState>
  );
}
