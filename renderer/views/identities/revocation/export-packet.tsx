import { Download } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Exported } from '#shared/contract/table.ts';
import { startDownload } from '../../../host/download.ts';
import { useEngineJob } from '../../../query/use-engine-job.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatPlural } from '../../../widgets/format.ts';

/** Saves the packet of drafts as a zip; what came of it stands beside the button. */
export function ExportPacket({ count }: { readonly count: number }) {
  const [job, run] = useEngineJob('host.export', 'Writing the revocation packet');
  const started = useRef<Exported | undefined>(undefined);
  const exported = job.kind === 'done' ? job.result : undefined;
  useEffect(() => {
    if (exported?.kind !== 'download' || started.current === exported) return;
    started.current = exported;
    startDownload(exported.url, exported.name);
  }, [exported]);
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
