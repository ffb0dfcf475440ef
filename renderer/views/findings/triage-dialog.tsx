import { useState, type ReactNode } from 'react';
import type { FindingJson, Severity } from '#shared/contract/report-json.ts';
import type { TriageChange } from '#shared/contract/triage.ts';
import { MAX_NOTE, MAX_REASON } from '#shared/model/review-size.ts';
import { useReview } from '../../query/use-review.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Modal } from '../../widgets/modal.tsx';
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

interface AskProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly verb: string;
  /** What the form says now; absent while something is missing. */
  readonly change: TriageChange | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Ask({ title, about, verb, change: wanted, onClose, children }: AskProps) {
  const { change } = useReview();
  return (
    <Modal title={title} about={about} onClose={onClose}>
      <form
        className="hunt-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === undefined) return;
          void change(wanted);
          onClose();
        }}
      >
        {children}
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={wanted === undefined}>
            {verb}
          </button>
        </div>
      </form>
    </Modal>
  );
}

interface ReasonProps {
  readonly value: string;
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

function Reason({ value, hint, onChange }: ReasonProps) {
  return (
    <label className="field-label">
      Reason
      <input
        type="text"
        className="field"
        data-first=""
        maxLength={MAX_REASON}
        placeholder={hint}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}

function Dismiss({ finding, onClose }: AskedProps) {
  const [reason, setReason] = useState('');
  return (
    <Ask
      title="Dismiss the finding"
      about="It stays in the list and in the report, under what was dismissed, with your reason."
      verb="Dismiss"
      change={reason.trim() === '' ? undefined : { kind: 'finding-dismiss', finding: finding.id, reason: reason.trim() }}
      onClose={onClose}
    >
      <Reason value={reason} hint="Why this is no incident" onChange={setReason} />
    </Ask>
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
    <Ask
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
      {isBack ? null : <Reason value={reason} hint="What you know that the evidence does not show" onChange={setReason} />}
    </Ask>
  );
}

function Merge({ finding, findings, onClose }: AskedProps) {
  const targets = mergeTargets(findings, finding);
  const [into, setInto] = useState('');
  return (
    <Ask
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
    </Ask>
  );
}

function Note({ finding, onClose }: AskedProps) {
  const [text, setText] = useState(finding.note ?? '');
  const isSame = text.trim() === (finding.note ?? '');
  return (
    <Ask
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
    </Ask>
  );
}
