import { CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import { Button } from './button.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { WorkLine } from './work-line.tsx';

/** Work whose result would stand here. */
type Work =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly progress: Progress | undefined;
      readonly remaining: number | undefined;
      readonly cancel: () => void;
    }
  | { readonly kind: 'failed'; readonly error: { readonly code: ErrorCode; readonly message: string } };

interface NotRunProps {
  /** What has not been done: "Not analysed yet". */
  readonly title: string;
  /** What is missing because of it. */
  readonly children: ReactNode;
  readonly work: Work;
  /** Names of the work while it runs and when it failed, and of the button that starts it. */
  readonly words: { readonly running: string; readonly failed: string; readonly start: string };
  readonly onStart: () => void;
}

/**
 * Nothing is known yet, which is not the same as nothing found: an outline, and the way to begin. While the work runs it
 * is a bar with Cancel, when it failed the reason with a way to try again.
 */
export function NotRun({ title, children, work, words, onStart }: NotRunProps) {
  if (work.kind === 'failed') return <ErrorPanel error={work.error} title={words.failed} onRetry={onStart} />;
  return (
    <section className="not-run">
      <CircleDashed size={16} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <h2 className="state-title">{title}</h2>
        <div className="muted">{children}</div>
        {work.kind === 'running' ? (
          <WorkLine title={words.running} progress={work.progress} remaining={work.remaining} onCancel={work.cancel} />
        ) : (
          <Button primary onClick={onStart}>
            {words.start}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The words for the analysis of a case. */
export const ANALYSIS_WORDS = { running: 'Analysing', failed: 'The analysis stopped', start: 'Analyse now' } as const;
