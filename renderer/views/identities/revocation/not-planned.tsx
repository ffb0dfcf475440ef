import { GoLink } from '../../../state/go-link.tsx';
import { toCredential } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { Button } from '../../../widgets/button.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';

interface NotPlannedProps {
  readonly credential: string;
  /** Credentials that would stand in the plan below its last line. */
  readonly omitted: number;
}

/** The chosen credential is not in the plan. */
export function NotPlanned({ credential, omitted }: NotPlannedProps) {
  return (
    <EmptyState
      title="Not in the plan"
      actions={
        <>
          <GoLink to={toCredential(credential)} className="button">
            Its dossier
          </GoLink>
          <Button
            onClick={() => {
              select({ credential: undefined });
            }}
          >
            The most urgent one
          </Button>
        </>
      }
    >
      <EvidenceText text={credential} />{' '}
      {omitted === 0
        ? 'made no call of an incident, did not stand in the open and is not gravely weak, as far as this evidence shows.'
        : `is none of those that are listed: it is not urgent, or one of the ${formatCount(omitted)} less urgent ones that are left out.`}
    </EmptyState>
  );
}
