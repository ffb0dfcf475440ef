import type { FindingJson } from '#shared/contract/report-json.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Part } from './part.tsx';

interface DecidedProps {
  readonly finding: FindingJson;
  readonly findings: readonly FindingJson[];
}

/** What the analyst decided and wrote of a finding; nothing when that is nothing. */
export function Decided({ finding, findings }: DecidedProps) {
  const { status, reason, foundSeverity, severityReason, note, mergedInto, merged } = finding;
  if (reason === '' && foundSeverity === undefined && note === undefined && merged === undefined) return null;
  const titleOf = (id: string): string => findings.find((other) => other.id === id)?.title ?? id;
  const link = (id: string) => (
    <GoLink to={toFinding(id)}>
      <EvidenceText text={titleOf(id)} />
    </GoLink>
  );
  return (
    <Part title="What was decided">
      {mergedInto === undefined ? null : <p>Part of {link(mergedInto)}: the evidence is shown there, too.</p>}
      {reason === '' || mergedInto !== undefined ? null : (
        <p>
          {status === 'accepted' ? 'Accepted' : 'Dismissed'}: <EvidenceText text={reason} />
        </p>
      )}
      {foundSeverity === undefined ? null : (
        <p>
          Severity set to {finding.severity}, worked out as {foundSeverity}: <EvidenceText text={severityReason ?? ''} />
        </p>
      )}
      {merged === undefined ? null : (
        <>
          <p>With the evidence of</p>
          <ul className="who">
            {merged.map((id) => (
              <li key={id}>{link(id)}</li>
            ))}
          </ul>
        </>
      )}
      {note === undefined ? null : (
        <p className="finding-note">
          <EvidenceText text={note} />
        </p>
      )}
    </Part>
  );
}
