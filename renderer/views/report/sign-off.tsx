import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReportState } from '#shared/contract/report-settings.ts';
import { MAX_COVER_TEXT } from '#shared/model/cover.ts';
import { Button } from '../../widgets/button.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';

interface SignOffProps {
  readonly state: ReportState;
  /** Why nothing can be changed. */
  readonly readOnly: string | undefined;
  readonly onSign: (name: string, role: string) => void;
  readonly onUnsign: () => void;
}

/** Who stands by the report as it is now, and whether that still holds. */
export function SignOffPart({ state, readOnly, onSign, onUnsign }: SignOffProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState('');
  const whyNot = readOnly ?? (name.trim() === '' ? 'Say who signs first' : undefined);
  return (
    <section className="report-choice" aria-label="Sign-off">
      <h3>Sign-off</h3>
      <Signed state={state} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (whyNot === undefined) onSign(name.trim(), role.trim());
        }}
      >
        <label className="field-label">
          Name
          <input
            type="text"
            className="field"
            maxLength={MAX_COVER_TEXT}
            value={name}
            disabled={readOnly !== undefined}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <label className="field-label">
          Role
          <input
            type="text"
            className="field"
            maxLength={MAX_COVER_TEXT}
            value={role}
            disabled={readOnly !== undefined}
            onChange={(event) => {
              setRole(event.target.value);
            }}
          />
        </label>
        <div className="report-sign">
          <Button type="submit" disabled={whyNot}>
            Sign off
          </Button>
          {state.signOff === undefined ? null : (
            <button type="button" className="link" disabled={readOnly !== undefined} title={readOnly} onClick={onUnsign}>
              Take it back
            </button>
          )}
        </div>
      </form>
    </section>
  );
}

function Signed({ state: { signOff, signatureHolds } }: Pick<SignOffProps, 'state'>) {
  if (signOff === undefined)
    return <p className="muted">Unsigned. A sign-off puts your name, the time and the hash of report.json on the cover.</p>;
  return (
    <div role="status">
      <p>
        {signatureHolds ? (
          <CircleCheck size={14} strokeWidth={1.5} className="ok" aria-hidden="true" />
        ) : (
          <TriangleAlert size={14} strokeWidth={1.5} aria-hidden="true" />
        )}{' '}
        <b>
          <EvidenceText text={signOff.name} />
        </b>
        {signOff.role === '' ? null : (
          <>
            , <EvidenceText text={signOff.role} />
          </>
        )}
        , {signOff.time.slice(0, 16).replace('T', ' ')} UTC
      </p>
      {signatureHolds ? null : (
        <p className="muted">The case has changed since. Until it is signed again, the report is printed unsigned.</p>
      )}
      <p className="export-hash">
        <span className="muted">Signed SHA-256</span>
        <code>
          {signOff.reportSha256.slice(0, 12)}…{signOff.reportSha256.slice(-8)}
        </code>
        <CopyButton text={signOff.reportSha256} label="Copy the signed SHA-256" />
      </p>
    </div>
  );
}
