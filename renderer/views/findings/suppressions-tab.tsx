import type { SuppressionRow } from '#shared/contract/hunting.ts';
import { describeScope } from '#shared/contract/suppression-words.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReview } from '../../query/use-review.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toFinding } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';

/** Findings of a rule that are linked one by one. */
const LINKED = 5;

/** The rules that set findings aside: about what, why, until when, and what each hides. */
export function SuppressionsTab() {
  const rules = useEngineQuery('suppressions.list', {});
  return (
    <Answer query={rules} what="the suppression rules" lines={4}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title="No finding is suppressed">
            A rule is made from a finding: Suppress… sets aside those of its detector, principal, endpoint or query, with a reason and, if wanted, a last day.
          </EmptyState>
        ) : (
          <Table rows={rows} />
        )
      }
    </Answer>
  );
} // prettier-ignore

function Table({ rows }: { readonly rows: readonly SuppressionRow[] }) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  return (
    <div className="finding-card" tabIndex={0} role="region" aria-label="Suppression rules">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">About</th>
            <th scope="col">Reason</th>
            <th scope="col">Until</th>
            <th scope="col">Sets aside</th>
            <th scope="col">Shown again</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="mono">
                {row.id}
              </th>
              <td>
                <EvidenceText text={describeScope(row.scope)} />
              </td>
              <td>
                <EvidenceText text={row.reason} />
              </td>
              <td className="cell-nowrap">{row.until ?? 'no end'}</td>
              <td>
                <FindingLinks ids={row.hides} />
              </td>
              <td>
                <FindingLinks ids={row.expired} />
              </td>
              <td>
                <Button
                  disabled={readOnly}
                  aria-label={`Remove ${row.id}`}
                  onClick={() => {
                    void change({ kind: 'suppress-remove', id: row.id });
                  }}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many, and the way to the first of them. */
function FindingLinks({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return <span className="faint">0</span>;
  return (
    <>
      {formatCount(ids.length)}:{' '}
      {ids.slice(0, LINKED).map((id, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <GoLink to={toFinding(id)}>
            <EvidenceText text={id} />
          </GoLink>
        </span>
      ))}
      {ids.length > LINKED ? ' …' : ''}
    </>
  );
}
