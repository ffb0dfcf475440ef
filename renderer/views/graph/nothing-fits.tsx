import { EmptyCase } from '../../filter/empty-case.tsx';
import { dropFilter } from '../../filter/use-filter.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';

/** No call to draw: the case holds none, or the query leaves none. */
export function NothingFits({ query }: { readonly query: string }) {
  if (query.trim() === '') return <EmptyCase>The map is made of calls, and nothing imported so far gave any.</EmptyCase>;
  return (
    <EmptyState
      title="No call fits this query"
      actions={
        <button type="button" className="button button-primary" onClick={dropFilter}>
          Show all calls
        </button>
      }
    >
      <code>
        <EvidenceText text={query} />
      </code>
    </EmptyState>
  );
}
