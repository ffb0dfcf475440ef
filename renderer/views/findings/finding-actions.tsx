import { EyeOff, Radar } from 'lucide-react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { showHuntDialog } from '../../state/hunt-dialog.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toSuppressions } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { Button } from '../../widgets/button.tsx';

/** What can be done with a finding: look for more of its kind, or set it aside by a rule. */
export function FindingActions({ finding }: { readonly finding: FindingJson }) {
  const readOnly = useReadOnly();
  const [principal] = finding.principals;
  const [endpoint] = finding.endpoints;
  return (
    <p className="finding-links">
      <Button
        onClick={() => {
          showHuntDialog({ kind: 'similar', to: { kind: 'finding', id: finding.id } });
        }}
      >
        <Radar size={14} strokeWidth={1.5} aria-hidden="true" />
        More like this
      </Button>
      {finding.suppressedBy === undefined ? (
        <Button
          disabled={readOnly}
          onClick={() => {
            showHuntDialog({
              kind: 'suppress',
              scope: {
                detector: finding.detector,
                ...(finding.principals.length === 1 && principal !== undefined ? { principal } : {}),
                ...(finding.endpoints.length === 1 && endpoint !== undefined ? { endpoint } : {}),
              },
            });
          }}
        >
          <EyeOff size={14} strokeWidth={1.5} aria-hidden="true" />
          Suppress…
        </Button>
      ) : (
        <GoLink to={toSuppressions}>Set aside by {finding.suppressedBy}</GoLink>
      )}
    </p>
  );
}
