import type { FindingJson } from '#shared/contract/report-json.ts';
import type { CauseSignJson, RootCauseJson } from '#shared/model/root-cause.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toFinding } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Part } from './part.tsx';

const KIND: Readonly<Record<RootCauseJson['kind'], string>> = {
  stolen: 'Stolen: somebody else held the credential',
  'over-privileged': 'Over-privileged: it was allowed more than its work needs',
  misled: 'Misled: a text told it what to do',
  undecided: 'Undecided',
};

interface RootCauseProps {
  readonly rootCause: RootCauseJson;
  /** Id of the finding on whose page it stands. */
  readonly finding: string;
  /** All findings of the case. */
  readonly findings: readonly FindingJson[];
}

/** Why the incident of this story was possible, and what decided it, each piece with the finding that shows it. */
export function RootCause({ rootCause: { kind, why, signs }, finding, findings }: RootCauseProps) {
  return (
    <Part title="Root cause">
      <p>
        <strong>{KIND[kind]}.</strong> <EvidenceText text={why} />
      </p>
      {signs.length === 0 ? null : (
        <table className="table fact-table cause-table">
          <thead>
            <tr>
              <th scope="col">Evidence</th>
              <th scope="col">Speaks</th>
              <th scope="col">Weight</th>
              <th scope="col">Shown by</th>
            </tr>
          </thead>
          <tbody>
            {signs.map((sign, index) => (
              <Sign key={index} sign={sign} by={sign.finding === finding ? undefined : findings.find(({ id }) => id === sign.finding)} />
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

/** `by`: the finding that shows it, where it is not the one on whose page this stands. */
function Sign({ sign, by }: { readonly sign: CauseSignJson; readonly by: FindingJson | undefined }) {
  return (
    <tr>
      <td>
        <EvidenceText text={sign.text} />
      </td>
      <td>
        {sign.speaks} {sign.cause}
      </td>
      <td>{sign.strength}</td>
      <td>
        {by === undefined ? (
          <span className="muted">this finding</span>
        ) : (
          <GoLink to={toFinding(by.id)} className="link">
            <EvidenceText text={by.title} />
          </GoLink>
        )}
      </td>
    </tr>
  );
}
