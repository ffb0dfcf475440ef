import { listClauses, removeClause } from '#shared/query/clauses.ts';
import { EmptyCase } from '../../filter/empty-case.tsx';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';

interface NoCallsProps {
  readonly query: string;
  readonly onApply: (query: string) => void;
}

/** No call fits: which query did that, and what dropping its last condition would give. */
export function NoCalls({ query, onApply }: NoCallsProps) {
  const info = useEngineQuery('case.info', {});
  const clauses = listClauses(query);
  const last = clauses.at(-1);
  const shorter = last === undefined ? '' : removeClause(query, clauses.length - 1);
  const would = useEngineQuery('calls.count', { query: shorter }, { enabled: last !== undefined });
  if (last === undefined) {
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
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              onApply(shorter);
            }}
          >
            Drop the last condition{would.data === undefined || would.stale ? '' : `: ${formatPlural(would.data.total, 'call')}`}
          </button>
          {clauses.length > 1 ? (
            <button
              type="button"
              className="button"
              onClick={() => {
                onApply('');
              }}
            >
              Show all calls
            </button>
          ) : null}
        </>
      }
    >
      <p>
        <code>
          <EvidenceText text={query} />
        </code>
      </p>
      <p>
        The last condition is{' '}
        <code>
          <EvidenceText text={last.text} />
        </code>
      </p>
    </EmptyState>
  );
}
