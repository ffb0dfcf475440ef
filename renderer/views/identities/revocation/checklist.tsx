import type { RevocationDetail } from '#shared/contract/revocation.ts';
import { REVOCATION_STEPS } from '#shared/model/revocation-steps.ts';
import { useReview } from '../../../query/use-review.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { UndoLine } from '../parts/undo-line.tsx';

/** The steps of its revocation; each tick is a change that can be taken back. */
export function Checklist({ detail: { row, checklist } }: { readonly detail: RevocationDetail }) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  return (
    <CardPart title="Checklist" note={`${String(row.done)} of ${String(row.steps)} done`}>
      <ul className="card-list">
        {checklist.map(({ id, text, done }) => (
          <li key={id}>
            <label className="revo-step" title={readOnly}>
              <input
                type="checkbox"
                checked={done}
                disabled={readOnly !== undefined}
                onChange={() => {
                  const step = REVOCATION_STEPS.find((known) => known === id);
                  if (step !== undefined) void change({ kind: 'revocation-step', credential: row.credential, step, on: !done });
                }}
              />{' '}
              {text}
            </label>
          </li>
        ))}
      </ul>
      <UndoLine isOurs={(label) => label.endsWith(` for ${row.credential}`)} />
    </CardPart>
  );
}
