import { GoLink } from '../../../state/go-link.tsx';
import { toCredential } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';

/** The chosen credential is not in the plan. */
export function NotPlanned({ credential }: { readonly credential: string }) {
  return (
    <EmptyState
      title="Not in the plan"
      actions={
        <>
          <GoLink to={toCredential(credential)} className="button">
            Its dossier
          </GoLink>
          <button
            type="button"
            className="button"
            onClick={() => {
              select({ credential: undefined });
            }}
          >
            The most urgent one
          </button>
        </>
      }
    >
      <EvidenceText text={credential} /> made no call of an incident, did not stand in the open and is not gravely weak, as far as this
      evidence shows.
    </EmptyState>
  );
}
