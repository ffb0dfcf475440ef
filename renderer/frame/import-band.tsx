import './import-band.css';
import { useState } from 'react';
import type { Progress, SourceProgress } from '#shared/contract/methods.ts';
import { GoLink } from '../state/go-link.tsx';
import { acceptedSoFar, rejectedSoFar, type ImportLog } from '../state/import-log.ts';
import { toCalls } from '../state/places.ts';
import { usePlace } from '../state/selection.ts';
import { useSession, type ImportRun } from '../state/session.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatBytes, formatCount, formatPlural, formatRemaining, formatShare, nameFiles } from '../widgets/format.ts';
import { MiddleText } from '../widgets/middle-text.tsx';
import { ByteCount } from '../widgets/numbers.tsx';
import { ProgressBar } from '../widgets/progress-bar.tsx';
import { ImportCancelled } from './import-cancelled.tsx';
import { PauseButton } from './tasks/pause-button.tsx';

type Running = Extract<ImportRun, { kind: 'running' }>;

/** The running import above whatever screen is open, and what a cancelled one has left. */
export function ImportBand() {
  const importing = useSession((state) => state.importing);
  if (importing?.kind === 'running') return <ImportRunning run={importing} />;
  return importing?.kind === 'cancelled' ? <ImportCancelled run={importing} /> : null;
}

/** A running import: how far, how long still, what of it is done, and the ways to hold or stop it. */
export function ImportRunning({ run }: { readonly run: Running }) {
  const task = useSession((state) => state.tasks.find((candidate) => candidate.id === run.task));
  const [open, setOpen] = useState(false);
  const progress = task?.progress;
  const title = nameFiles(run.names);
  const isPaused = progress?.paused === true;
  const { finished } = run.log;
  return (
    <section className="import-band" aria-label="Import">
      <div className="import-row">
        <h2>
          {isPaused ? 'Import held: ' : 'Importing '}
          <EvidenceText text={title} />
        </h2>
        {progress?.total === undefined || progress.total === 0 ? null : (
          <span className="import-share">{formatShare(progress.done, progress.total)}</span>
        )}
        <p className="import-amount">
          {describeProgress(progress)}
          {task?.remaining === undefined ? '' : `, ${formatRemaining(task.remaining)}`}
        </p>
        <div className="actions">
          {progress?.source === undefined ? null : <PauseButton paused={isPaused} />}
          <Button disabled={task === undefined} title="What was read until now stays in the case" onClick={task?.cancel}>
            Cancel and keep
          </Button>
        </div>
      </div>
      <ProgressBar label={`Importing ${title}`} done={progress?.done ?? 0} total={progress?.total} paused={isPaused} />
      {run.log.sources === 0 && run.log.current === undefined ? null : (
        <div className="import-row">
          <div className="import-current">{run.log.current === undefined ? null : <CurrentSource source={run.log.current} />}</div>
          <Counts log={run.log} />
          <ReadSoFar log={run.log} />
          {finished.length === 0 ? null : (
            <button
              type="button"
              className="link"
              aria-expanded={open}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {open ? 'Hide sources' : 'Show sources'}
            </button>
          )}
        </div>
      )}
      {open && finished.length > 0 ? <Finished log={run.log} /> : null}
    </section>
  );
}

function CurrentSource({ source }: { readonly source: SourceProgress }) {
  return (
    <>
      <MiddleText text={source.name} mono tail={24} />
      <span className="muted">
        {source.total === undefined || source.total === 0 ? formatBytes(source.bytes) : formatShare(source.bytes, source.total)}
      </span>
    </>
  );
}

function Counts({ log }: { readonly log: ImportLog }) {
  const rejected = rejectedSoFar(log);
  return (
    <span className="import-counts">
      <b>{formatCount(acceptedSoFar(log))}</b> records accepted, <b>{formatCount(rejected)}</b> rejected
      {log.sources === 0 ? '' : `, ${formatPlural(log.sources, 'source')} done`}
    </span>
  );
}

/** Work can begin: what was committed is listed, whatever is still to come. */
function ReadSoFar({ log }: { readonly log: ImportLog }) {
  const isThere = usePlace('view') === 'calls';
  return log.accepted === 0 || isThere ? null : <GoLink to={toCalls('')}>Look at the calls so far</GoLink>;
}

function Finished({ log }: { readonly log: ImportLog }) {
  return (
    <ul className="import-finished" aria-label="Finished sources, newest first" tabIndex={0}>
      {log.finished.map((source, index) => (
        <li key={`${String(log.sources - index)} ${source.name}`}>
          <MiddleText text={source.name} mono tail={24} />
          <span className="end">
            <ByteCount value={source.bytes} />
          </span>
          <span className="end">{formatCount(source.accepted)} accepted</span>
          <span className={source.rejected === 0 ? 'end faint' : 'end'}>{formatCount(source.rejected)} rejected</span>
        </li>
      ))}
      {log.sources > log.finished.length ? (
        <li className="muted">and {formatCount(log.sources - log.finished.length)} before them</li>
      ) : null}
    </ul>
  );
}

/** What an import is doing, with its numbers: `1.46 GB of 2.31 GB`. */
export function describeProgress(progress: Progress | undefined): string {
  if (progress === undefined) return 'Looking at the files';
  if (progress.unit === 'steps') return progress.step;
  const amount = progress.unit === 'bytes' ? formatBytes : formatCount;
  const of = progress.total === undefined ? '' : ` of ${amount(progress.total)}`;
  const numbers = `${amount(progress.done)}${of}${progress.unit === 'bytes' ? '' : ` ${progress.unit}`}`;
  return progress.source === undefined ? `${progress.step}: ${numbers}` : numbers;
}
