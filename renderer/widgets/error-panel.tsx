import { CircleAlert } from 'lucide-react';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { Button } from './button.tsx';
import { EvidenceText } from './evidence-text.tsx';

/** What a person can do about each kind of failure. */
const WAY_FORWARD: Readonly<Record<ErrorCode, string>> = {
  'bad-params': 'This is a fault in Spoor: please report it with the code.',
  'bad-query': 'Correct the query at the marked place.',
  'unknown-method': 'This window and the engine are of different versions: reload the window.',
  'not-found': 'It may have been removed from the case, or the link is from another case.',
  'damaged-file': 'The file is left as it was and nothing of it was imported. Try a fresh copy.',
  'damaged-case': 'Open a copy of the case, or import the evidence again into a new one.',
  'newer-case': 'Open this case with the version of Spoor that made it.',
  'locked-case': 'Close the case in the other window or program, then try again.',
  'passphrase-needed': 'Open the case once more and give its passphrase.',
  'wrong-passphrase': 'Type the passphrase again, with capitals as they were. Nobody can open the case without it.',
  'not-encrypted': 'Leave the passphrase out; the case opens without one.',
  'read-only': 'Open the case without read-only, or work on a copy of it.',
  'changed-since': 'The later change stands. Take that one back first, or change it by hand.',
  unreadable: 'Check that the file is there, that you may use it, and that the disk has room.',
  unavailable: 'What this needs is not on this machine; the other ways still work.',
  leak: 'Nothing was saved. Tell us about it: what the message names should have been masked.',
  cancelled: 'Start it again when you are ready.',
  disconnected: 'Spoor reconnects by itself as soon as the engine answers.',
  crashed: 'The engine has been started again and the case is unharmed. Try once more.',
  protocol: 'Restart Spoor, so that both ends are of one version.',
  internal: 'This is a fault in Spoor: the case is unharmed. Try again, and report it with the code.',
};

interface ErrorPanelProps {
  readonly error: { readonly code: ErrorCode; readonly message: string };
  /** What was tried, as the heading: "The sources could not be listed". */
  readonly title: string;
  readonly onRetry?: (() => void) | undefined;
}

/** A failure: its code, what happened in one sentence, and the way forward. */
export function ErrorPanel({ error, title, onRetry }: ErrorPanelProps) {
  return (
    <section className="error-panel" role="alert">
      <CircleAlert size={16} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <h2 className="state-title">{title}</h2>
        <p>
          <EvidenceText text={error.message} /> <code className="code-tag">{error.code}</code>
        </p>
        <p className="muted">{WAY_FORWARD[error.code]}</p>
        {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
      </div>
    </section>
  );
}
