import { Check, Combine, Gauge, NotebookPen, X } from 'lucide-react';
import { useState } from 'react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { useReview } from '../../query/use-review.ts';
import { keysFor } from '../../state/built-in-keys.ts';
import { useCommands } from '../../state/commands.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { Button } from '../../widgets/button.tsx';
import { TriageDialog, type TriageQuestion } from './triage-dialog.tsx';

interface TriageBarProps {
  readonly finding: FindingJson;
  /** All findings of the case: one may be part of another. */
  readonly findings: readonly FindingJson[];
}

/** What the analyst decides of a finding: accepted or dismissed, how bad, part of which, and in what words. */
export function TriageBar({ finding, findings }: TriageBarProps) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  const [asked, setAsked] = useState<TriageQuestion | undefined>(undefined);
  const { id } = finding;
  const isPart = finding.mergedInto !== undefined;
  const isAccepted = finding.status === 'accepted';
  const isDismissed = finding.status === 'dismissed' && !isPart && finding.suppressedBy === undefined;
  const accept = (): void => {
    void change(isAccepted ? { kind: 'finding-reopen', finding: id } : { kind: 'finding-accept', finding: id, reason: '' });
  };
  const dismiss = (): void => {
    if (isDismissed) void change({ kind: 'finding-reopen', finding: id });
    else setAsked('dismiss');
  };
  const merge = (): void => {
    if (isPart) void change({ kind: 'finding-merge', finding: id });
    else setAsked('merge');
  };
  const blocked = readOnly ?? (isPart ? 'It is part of another finding: decide there, or take it out first' : undefined);
  const could = { enabled: blocked === undefined, ...(blocked === undefined ? {} : { reason: blocked }) };
  useCommands([
    { id: 'accept-finding', title: isAccepted ? 'Open the accepted finding again' : 'Accept the finding', group: 'Findings', keys: keysFor('accept-finding'), ...could, run: accept },
    { id: 'dismiss-finding', title: isDismissed ? 'Open the dismissed finding again' : 'Dismiss the finding…', group: 'Findings', keys: keysFor('dismiss-finding'), ...could, run: dismiss },
  ]); // prettier-ignore
  return (
    <div className="triage-bar" role="group" aria-label="Decide on this finding">
      <Button primary={finding.status === 'suggested'} disabled={blocked} aria-pressed={isAccepted} onClick={accept}>
        <Check size={14} strokeWidth={1.5} aria-hidden="true" />
        {isAccepted ? 'Accepted' : 'Accept'}
      </Button>
      <Button disabled={blocked} aria-pressed={isDismissed} onClick={dismiss}>
        <X size={14} strokeWidth={1.5} aria-hidden="true" />
        {isDismissed ? 'Dismissed' : 'Dismiss…'}
      </Button>
      <Button
        disabled={blocked}
        onClick={() => {
          setAsked('severity');
        }}
      >
        <Gauge size={14} strokeWidth={1.5} aria-hidden="true" />
        Severity…
      </Button>
      <Button disabled={readOnly} aria-pressed={isPart} onClick={merge}>
        <Combine size={14} strokeWidth={1.5} aria-hidden="true" />
        {isPart ? 'Part of another' : 'Merge…'}
      </Button>
      <Button
        disabled={readOnly}
        onClick={() => {
          setAsked('note');
        }}
      >
        <NotebookPen size={14} strokeWidth={1.5} aria-hidden="true" />
        {finding.note === undefined ? 'Note…' : 'Edit note…'}
      </Button>
      {asked === undefined ? null : (
        <TriageDialog
          question={asked}
          finding={finding}
          findings={findings}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </div>
  );
}
