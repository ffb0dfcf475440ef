import { GoLink } from '../../../state/go-link.tsx';
import { toPrincipal } from '../../../state/places.ts';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';

/** The chosen caller has no policy. */
export function NoPolicy({ principal }: { readonly principal: string }) {
  return (
    <EmptyState
      title="No policy for this principal"
      actions={
        <GoLink to={toPrincipal(principal)} className="button">
          Who this is and why
        </GoLink>
      }
    >
      <EvidenceText text={principal} /> is no agent or service, or is told by network and User-Agent only: no policy could name it. The
      table has those with one.
    </EmptyState>
  );
}
