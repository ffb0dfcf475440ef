import { Download } from 'lucide-react';
import { useDownload } from '../../query/use-download.ts';
import { useEngineJob } from '../../query/use-engine-job.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useCommands } from '../../state/commands.ts';
import { Menu } from '../../widgets/menu.tsx';

/** Saves the calls that the query finds for another program. Progress, cancel and failures stand in the status bar. */
export function SaveMenu({ query }: { readonly query: string }) {
  const formats = useEngineQuery('report.formats', {});
  const [job, run] = useEngineJob('host.export', 'Saving calls');
  useDownload(job.kind === 'done' ? job.result : undefined);
  const running = job.kind === 'running';
  const commands = (formats.data ?? [])
    .filter(({ ofCalls }) => ofCalls)
    .map(({ format, title }) => ({
      id: `save-calls-${format}`,
      title: `Save these calls as ${title}`,
      group: 'Export',
      enabled: !running,
      reason: 'Calls are being saved',
      run: () => {
        run({ format, query });
      },
    }));
  useCommands(commands);
  return (
    <Menu
      label="Save these calls"
      items={commands.map(({ id, title, enabled, reason, run: save }) => ({
        id,
        label: title,
        run: save,
        ...(enabled ? {} : { disabled: reason }),
      }))}
    >
      <Download size={16} strokeWidth={1.5} aria-hidden="true" />
    </Menu>
  );
}
