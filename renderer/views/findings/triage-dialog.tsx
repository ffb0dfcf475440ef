import { useState } from 'react';
import type { FindingJson, Severity } from '#shared/contract/report-json.ts';
import { MAX_NOTE } from '#shared/model/review-size.ts';
import { ChangeDialog, ReasonField } from '../../review/change-dialog.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { SEVERITIES } from './filter.ts';
import { mergeTargets } from './merge-targets.ts';

/** What a dialog asks of a finding. */
export type TriageQuestion = 'dismiss' | 'severity' | 'merge' | 'note';

interface TriageDialogProps {
  readonly question: TriageQuestion;
  readonly finding: FindingJson;
  readonly findings: readonly FindingJson[];
  readonly onClose: () => void;
}

/** Asks for what a decision needs beside the click: the reason, the level, the other finding, the words. */
export function TriageDialog({ question, ...props }: TriageDialogProps) {
  switch (question) {
    case 'dismiss':
      return <Dismiss {...props} />;
    case 'severity':
      return <ChangeSeverity {...props} />;
    case 'merge':
      return <Merge {...props} />;
    case 'note':
      return <Note {...props} />;
  }
}

type AskedProps = Omit<TriageDialogProps, 'question'>;

function Dismiss({ finding, onClose }: AskedProps) {
  const [reason, setReason] = useState('');
  return (
    <ChangeDialog
      title="Dismiss the finding"
      about="It stays in the list and in the report, under what was dismissed, with your reason."
      verb="Dismiss"
      change={reason.trim() === '' ? undefined : { kind: 'finding-dismiss', finding: finding.id, reason: reason.trim() }}
      onClose={onClose}
    >
      <ReasonField value={reason} hint="Why this is no incident" onChange={setReason} />
    </ChangeDialog>
  );
}

function ChangeSeverity({ finding, onClose }: AskedProps) {
  const found = finding.foundSeverity ?? finding.severity;
  const [wanted, setWanted] = useState<Severity>(finding.severity);
  const [reason, setReason] = useState(finding.severityReason ?? '');
  const isBack = wanted === found;
  const isSame = wanted === finding.severity && (isBack || reason.trim() === finding.severityReason);
  const change = isBack
    ? ({ kind: 'finding-severity', finding: finding.id } as const)
    : ({ kind: 'finding-severity', finding: finding.id, to: { severity: wanted, reason: reason.trim() } } as const);
  return (
    <ChangeDialog
      title="Set the severity"
      about={
        <>
          The arithmetic gives {found}: <EvidenceText text={finding.severityWhy} />
        </>
      }
      verb="Set the severity"
      change={isSame || (!isBack && reason.trim() === '') ? undefined : change}
      onClose={onClose}
    >
      <fieldset>
        <legend className="visually-hidden">Severity</legend>
        {SEVERITIES.map((each) => (
          <label key={each} className="hunt-choice">
            <input
              type="radio"
              name="severity"
              checked={wanted === each}
              onChange={() => {
                setWanted(each);
              }}
            />
            <SeverityMark severity={each} />
            {each === found ? <span className="muted">as worked out</span> : null}
          </label>
        ))}
      </fieldset>
      {isBack ? null : <ReasonField value={reason} hint="What you know that the evidence does not show" onChange={setReason} />}
    </ChangeDialog>
  );
}

function Merge({ finding, findings, onClose }: AskedProps) {
  const targets = mergeTargets(findings, finding);
  const [into, setInto] = useState('');
  return (
    <ChangeDialog
      title="Make it part of another finding"
      about="The other one shows the evidence of both and is decided for both. Nothing is deleted, and it can be taken out again."
      verb="Merge"
      change={into === '' ? undefined : { kind: 'finding-merge', finding: finding.id, into }}
      onClose={onClose}
    >
      {targets.length === 0 ? (
        <p className="muted">
          {finding.merged === undefined
            ? 'There is no other finding that it could be part of.'
            : 'Others are part of it: take them out first.'}
        </p>
      ) : (
        <fieldset className="merge-targets">
          <legend className="visually-hidden">The finding that it is part of</legend>
          {targets.map((other) => (
            <label key={other.id} className="hunt-choice">
              <input
                type="radio"
                name="into"
                checked={into === other.id}
                onChange={() => {
                  setInto(other.id);
                }}
              />
              <SeverityMark severity={other.severity} word={false} />
              <span>
                <EvidenceText text={other.title} />
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </ChangeDialog>
  );
}

function Note({ finding, onClose }: AskedProps) {
  const [text, setText] = useState(finding.note ?? '');
  const isSame = text.trim() === (finding.note ?? '');
  return (
    <ChangeDialog
      title="Note on the finding"
      about="Plain text. Every version stays in the log of changes; an empty note takes it away."
      verb="Keep the note"
      change={isSame ? undefined : { kind: 'finding-note', finding: finding.id, text }}
      onClose={onClose}
    >
      <label className="field-label">
        Note
        <textarea
          className="field"
          data-first=""
          rows={6}
          maxLength={MAX_NOTE}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </label>
    </ChangeDialog>
  );
}
