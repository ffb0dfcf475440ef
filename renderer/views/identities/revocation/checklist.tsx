import type { RevocationDetail } from '#shared/contract/revocation.ts';
import { REVOCATION_STEPS } from '#shared/model/revocation-steps.ts';
import { useReview } from '../../../query/use-review.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { Part } from './part.tsx';

/** The steps of its revocation; each tick is a change that can be taken back. */
export function Checklist({ detail: { row, checklist } }: { readonly detail: RevocationDetail }) {
  const { change, undo, undoLabel } = useReview();
  const readOnly = useReadOnly();
  const canUndo = undoLabel?.endsWith(` for ${row.credential}`) === true;
  return (
    <Part title="Checklist" note={`${String(row.done)} of ${String(row.steps)} done`}>
      <ul className="revo-checklist">
        {checklist.map(({ id, text, done }) => (
          <li key={id}>
            <label title={readOnly}>
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
      {canUndo ? (
        <p>
          <button type="button" className="link" onClick={() => void undo()}>
            Undo: {undoLabel}
          </button>
        </p>
      ) : null}
    </Part>
  );
}
