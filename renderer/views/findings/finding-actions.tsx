import { EyeOff, Radar } from 'lucide-react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { showHuntDialog } from '../../state/hunt-dialog.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toSuppressions } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';

/** What can be done with a finding: look for more of its kind, or set it aside by a rule. */
export function FindingActions({ finding }: { readonly finding: FindingJson }) {
  const readOnly = useReadOnly();
  const [principal] = finding.principals;
  const [endpoint] = finding.endpoints;
  return (
    <p className="finding-links">
      <button
        type="button"
        className="button"
        onClick={() => {
          showHuntDialog({ kind: 'similar', to: { kind: 'finding', id: finding.id } });
        }}
      >
        <Radar size={14} strokeWidth={1.5} aria-hidden="true" />
        More like this
      </button>
      {finding.suppressedBy === undefined ? (
        <button
          type="button"
          className="button"
          disabled={readOnly !== undefined}
          title={readOnly}
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
        </button>
      ) : (
        <GoLink to={toSuppressions}>Set aside by {finding.suppressedBy}</GoLink>
      )}
    </p>
  );
}
