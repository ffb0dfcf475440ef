import type { Progress } from '#shared/contract/methods.ts';
import { useSession, type ImportRun } from '../../state/session.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatBytes, formatCount, formatRemaining, formatShare } from '../../widgets/format.ts';
import { ProgressBar } from '../../widgets/progress-bar.tsx';

/** Names shown before the rest is only counted. */
const NAMES_SHOWN = 6;

/** A running import: how far, how long still, and the way to stop it. */
export function ImportPanel({ run }: { readonly run: Extract<ImportRun, { kind: 'running' }> }) {
  const task = useSession((state) => state.tasks.find((candidate) => candidate.id === run.task));
  const progress = task?.progress;
  const title = run.names.length === 1 ? (run.names[0] ?? '') : `${formatCount(run.names.length)} files`;
  return (
    <section className="import-panel" aria-label="Import">
      <div className="import-head">
        <h2>
          Importing <EvidenceText text={title} />
        </h2>
        <span className="import-share">{progress?.total === undefined ? '' : formatShare(progress.done, progress.total)}</span>
      </div>
      <ProgressBar label={`Importing ${title}`} done={progress?.done ?? 0} total={progress?.total} />
      <div className="import-head">
        <p className="muted" role="status">
          {describeProgress(run.stage, progress)}
          {task?.remaining === undefined ? '' : `, ${formatRemaining(task.remaining)}`}
        </p>
        <button type="button" className="button" disabled={task === undefined} onClick={task?.cancel}>
          Cancel
        </button>
      </div>
      {run.names.length === 1 ? null : (
        <ul className="import-names mono">
          {run.names.slice(0, NAMES_SHOWN).map((name, index) => (
            <li key={index}>
              <EvidenceText text={name} />
            </li>
          ))}
          {run.names.length > NAMES_SHOWN ? <li className="muted">and {formatCount(run.names.length - NAMES_SHOWN)} more</li> : null}
        </ul>
      )}
    </section>
  );
}

/** What an import is doing, with its numbers: `Reading gw.ndjson: 1.46 GB of 2.31 GB`. */
export function describeProgress(stage: Extract<ImportRun, { kind: 'running' }>['stage'], progress: Progress | undefined): string {
  if (progress === undefined) return stage === 'importing' ? 'Looking at the files' : 'Handing the files over';
  const amount = progress.unit === 'bytes' ? formatBytes : formatCount;
  const of = progress.total === undefined ? '' : ` of ${amount(progress.total)}`;
  return `${progress.step}: ${amount(progress.done)}${of}${progress.unit === 'bytes' ? '' : ` ${progress.unit}`}`;
}
