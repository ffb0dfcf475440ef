import { Download } from 'lucide-react';
import type { InputOf } from '#shared/contract/methods.ts';
import type { HostMethods } from '#shared/contract/table.ts';
import { useDownload } from '../../query/use-download.ts';
import { useEngineJob } from '../../query/use-engine-job.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural } from '../../widgets/format.ts';
import type { IssueSeverity } from './issue-counts.ts';

interface ExportIssuesProps {
  readonly filter: InputOf<HostMethods['host.exportIssues']>;
  readonly total: number;
  readonly severity: IssueSeverity | undefined;
}

const WHAT: Readonly<Record<IssueSeverity, string>> = { reject: 'rejected records', skip: 'skipped records', warning: 'warnings' };

/** Saves the list as it is filtered, one JSON object a line; what came of it stands beside the button. */
export function ExportIssues({ filter, total, severity }: ExportIssuesProps) {
  const [job, run] = useEngineJob('host.exportIssues', 'Writing the records with an issue');
  const exported = job.kind === 'done' ? job.result : undefined;
  useDownload(exported);
  return (
    <span className="issue-export">
      <span role="status" className={job.kind === 'failed' ? 'severity-high' : 'muted'}>
        {job.kind === 'failed' ? `Not written: ${job.error.message}` : null}
        {exported === undefined || exported.kind === 'cancelled' ? null : (
          <>
            {exported.kind === 'saved' ? 'Saved as ' : 'Downloaded as '}
            <EvidenceText text={exported.name} />
          </>
        )}
      </span>
      <button
        type="button"
        className="button button-small"
        disabled={total === 0 || job.kind === 'running'}
        title={`${formatPlural(total, 'record')} as NDJSON: place, reason and excerpt of each, secrets masked`}
        onClick={() => {
          run(filter);
        }}
      >
        <Download size={14} strokeWidth={1.5} aria-hidden="true" />
        Export {severity === undefined ? 'all' : WHAT[severity]}
      </button>
    </span>
  );
}
