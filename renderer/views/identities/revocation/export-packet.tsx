import { Download } from 'lucide-react';
import { useDownload } from '../../../query/use-download.ts';
import { useEngineJob } from '../../../query/use-engine-job.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatPlural } from '../../../widgets/format.ts';

/** Saves the packet of drafts as a zip; what came of it stands beside the button. */
export function ExportPacket({ count }: { readonly count: number }) {
  const [job, run] = useEngineJob('host.export', 'Writing the revocation packet');
  const exported = job.kind === 'done' ? job.result : undefined;
  useDownload(exported);
  return (
    <span className="revo-export">
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
        disabled={job.kind === 'running'}
        title={`Drafts for ${formatPlural(count, 'credential')} as a zip, without their secrets; nothing is sent`}
        onClick={() => {
          run({ format: 'revocation' });
        }}
      >
        <Download size={14} strokeWidth={1.5} aria-hidden="true" />
        Export the packet
      </button>
    </span>
  );
}
