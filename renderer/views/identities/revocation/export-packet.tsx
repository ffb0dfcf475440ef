import { ExportButton } from '../../../query/export-button.tsx';
import { useEngineJob } from '../../../query/use-engine-job.ts';
import { formatPlural } from '../../../widgets/format.ts';

/** Saves the packet of drafts as a zip. */
export function ExportPacket({ count }: { readonly count: number }) {
  const [job, run] = useEngineJob('host.export', 'Writing the revocation packet');
  return (
    <ExportButton
      job={job}
      run={() => {
        run({ format: 'revocation' });
      }}
      title={`Drafts for ${formatPlural(count, 'credential')} as a zip, without their secrets; nothing is sent`}
    >
      Export the packet
    </ExportButton>
  );
}
