import './export-button.css';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Exported } from '#shared/contract/table.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { useDownload } from './use-download.ts';
import type { JobState } from './use-engine-job.ts';

interface ExportButtonProps {
  readonly job: JobState<Exported>;
  readonly run: () => void;
  /** What the file holds, in a sentence. */
  readonly title: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Saves something as a file; what came of it stands beside the button. */
export function ExportButton({ job, run, title, disabled = false, children }: ExportButtonProps) {
  const exported = job.kind === 'done' ? job.result : undefined;
  useDownload(exported);
  return (
    <span className="export-button">
      <span role="status" className={job.kind === 'failed' ? 'severity-high' : 'muted'}>
        {job.kind === 'failed' ? `Not written: ${job.error.message}` : null}
        {exported === undefined || exported.kind === 'cancelled' ? null : (
          <>
            {exported.kind === 'saved' ? 'Saved as ' : 'Downloaded as '}
            <EvidenceText text={exported.name} />
          </>
        )}
      </span>
      <Button small disabled={disabled || job.kind === 'running'} title={title} onClick={run}>
        <Download size={14} strokeWidth={1.5} aria-hidden="true" />
        {children}
      </Button>
    </span>
  );
}
