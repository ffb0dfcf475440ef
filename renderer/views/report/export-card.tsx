import { CircleCheck, Download } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Profile } from '#shared/contract/profile.ts';
import type { Exported } from '#shared/contract/table.ts';
import { useDownload } from '../../query/use-download.ts';
import { useEngineJob } from '../../query/use-engine-job.ts';
import { usePlace } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatRemaining, formatShare } from '../../widgets/format.ts';
import { ByteCount } from '../../widgets/numbers.tsx';
import { ProgressBar } from '../../widgets/progress-bar.tsx';

interface ExportCardProps {
  readonly format: string;
  readonly profile: Profile;
  readonly title: string;
  /** What the file holds and is good for. */
  readonly holds: string;
  /** Why it cannot be made here. */
  readonly unavailable: string | undefined;
  /** The one that most people come for. */
  readonly isFirst?: boolean;
}

/** What ends the keeping in sight: from then on the analyst moves the screen. */
const MOVES = ['wheel', 'keydown', 'pointerdown'] as const;

/** Keeps an element in the middle while what arrives later grows above it, until the analyst does something. Returns what stops it. */
function keepInSight(element: HTMLElement | null): (() => void) | undefined {
  const view = element?.closest('main');
  if (element === null || view === null || view === undefined) return undefined;
  const show = (): void => {
    element.scrollIntoView({ block: 'center' });
  };
  const watch = new ResizeObserver(show);
  for (const part of [view, ...view.querySelectorAll('section')]) watch.observe(part);
  const stop = (): void => {
    watch.disconnect();
    for (const move of MOVES) removeEventListener(move, stop, true);
  };
  for (const move of MOVES) addEventListener(move, stop, { capture: true, once: true });
  return stop;
}

/** One export: what it holds, its button, its progress and what came of it. */
export function ExportCard({ format, profile, title, holds, unavailable, isFirst = false }: ExportCardProps) {
  const [job, run] = useEngineJob('host.export', `Writing the ${title} report`);
  const button = useRef<HTMLButtonElement>(null);
  const isAskedFor = usePlace('tab') === format;
  useEffect(() => {
    if (!isAskedFor) return;
    button.current?.focus({ preventScroll: true });
    return keepInSight(button.current);
  }, [isAskedFor]);
  return (
    <section className="export-card" aria-label={`${title} export`}>
      <div className="export-head">
        <h3>{title}</h3>
        <Button
          ref={button}
          primary={isFirst}
          aria-label={`Export ${title}`}
          disabled={unavailable ?? job.kind === 'running'}
          onClick={() => {
            run({ format, profile });
          }}
        >
          <Download size={14} strokeWidth={1.5} aria-hidden="true" />
          Export
        </Button>
      </div>
      <p className="muted">{unavailable ?? holds}</p>
      {job.kind === 'running' ? (
        <div className="export-running">
          <ProgressBar label={`Writing ${title}`} done={job.progress?.done ?? 0} total={job.progress?.total} />
          <span className="muted">
            {job.progress?.step ?? 'Writing'}
            {job.progress?.total === undefined ? '' : ` ${formatShare(job.progress.done, job.progress.total)}`}
            {job.remaining === undefined ? '' : `, ${formatRemaining(job.remaining)}`}
          </span>
          <button type="button" className="link" onClick={job.cancel}>
            Cancel
          </button>
        </div>
      ) : null}
      {job.kind === 'failed' ? <ErrorPanel error={job.error} title={`${title} could not be written`} /> : null}
      {job.kind === 'done' ? <ExportResult exported={job.result} /> : null}
    </section>
  );
}

function ExportResult({ exported }: { readonly exported: Exported }) {
  useDownload(exported);
  if (exported.kind === 'cancelled') return null;
  return (
    <div className="export-result" role="status">
      <p>
        <CircleCheck size={14} strokeWidth={1.5} className="ok" aria-hidden="true" />
        {exported.kind === 'saved' ? 'Saved as' : 'Downloaded as'}{' '}
        <b>
          <EvidenceText text={exported.name} />
        </b>
        , <ByteCount value={exported.bytes} />
      </p>
      <p className="export-hash">
        <span className="muted">SHA-256</span>
        <code>
          {exported.sha256.slice(0, 12)}…{exported.sha256.slice(-8)}
        </code>
        <CopyButton text={exported.sha256} label={`Copy SHA-256 of ${exported.name}`} />
      </p>
    </div>
  );
}
