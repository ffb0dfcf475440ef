import type { InputOf } from '#shared/contract/methods.ts';
import type { HostMethods } from '#shared/contract/table.ts';
import { ExportButton } from '../../query/export-button.tsx';
import { useEngineJob } from '../../query/use-engine-job.ts';
import { formatPlural } from '../../widgets/format.ts';
import type { IssueSeverity } from './issue-counts.ts';

interface ExportIssuesProps {
  readonly filter: InputOf<HostMethods['host.exportIssues']>;
  readonly total: number;
  readonly severity: IssueSeverity | undefined;
}

const WHAT: Readonly<Record<IssueSeverity, string>> = { reject: 'rejected records', skip: 'skipped records', warning: 'warnings' };

/** Saves the list as it is filtered, one JSON object a line. */
export function ExportIssues({ filter, total, severity }: ExportIssuesProps) {
  const [job, run] = useEngineJob('host.exportIssues', 'Writing the records with an issue');
  return (
    <ExportButton
      job={job}
      run={() => {
        run(filter);
      }}
      title={`${formatPlural(total, 'record')} as NDJSON: place, reason and excerpt of each, secrets masked`}
      disabled={total === 0}
    >
      Export {severity === undefined ? 'all' : WHAT[severity]}
    </ExportButton>
  );
}
