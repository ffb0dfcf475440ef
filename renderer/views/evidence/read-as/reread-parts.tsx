import { FileQuestion } from 'lucide-react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { Button } from '../../../widgets/button.tsx';
import { ErrorPanel } from '../../../widgets/error-panel.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatRemaining, formatShare } from '../../../widgets/format.ts';
import { ProgressBar } from '../../../widgets/progress-bar.tsx';
import type { Reread } from './use-reread.ts';

/** Asks for the file of a source whose place is not known any more. */
export function FileMissing({ source, reread }: { readonly source: SourceRow; readonly reread: Reread }) {
  const file = source.container?.name ?? source.name;
  return (
    <div className="file-missing">
      <FileQuestion size={24} strokeWidth={1.5} aria-hidden="true" />
      <p>
        This source was imported before the window opened, so its place is not known. Choose{' '}
        <b>
          <EvidenceText text={file} />
        </b>{' '}
        again; its bytes are compared with the hash in the case.
      </p>
      <Button primary onClick={reread.choose}>
        Choose the file…
      </Button>
      {reread.chooseError === undefined ? null : <ErrorPanel error={reread.chooseError} title="The file could not be taken" />}
    </div>
  );
}

/** How far the new reading is, or why it failed. */
export function RereadState({ reread: { job } }: { readonly reread: Reread }) {
  if (job.kind === 'failed') return <ErrorPanel error={job.error} title="The source could not be read again" />;
  if (job.kind !== 'running') return null;
  const { progress, remaining, cancel } = job;
  return (
    <div className="reread-state">
      <ProgressBar label="Reading again" done={progress?.done ?? 0} total={progress?.total} />
      <p className="muted" role="status">
        {progress === undefined ? 'Looking for the source' : progress.unit === 'bytes' ? 'Reading' : progress.step}
        {progress?.total === undefined ? '' : `, ${formatShare(progress.done, progress.total)}`}
        {remaining === undefined ? '' : `, ${formatRemaining(remaining)}`}
      </p>
      <button type="button" className="link" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
