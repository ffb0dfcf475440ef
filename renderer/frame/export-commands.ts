import { useEngineQuery } from '../query/use-engine-query.ts';
import type { Command } from '../state/commands.ts';
import { goTo } from '../state/selection.ts';
import { useSession } from '../state/session.ts';

/** A way to each export of the report, by its name; it is written there, where its profile is chosen. */
export function useExportCommands(): readonly Command[] {
  const hasCase = useSession((state) => state.openCase !== undefined);
  const formats = useEngineQuery('report.formats', {}, { enabled: hasCase });
  const all = [{ format: 'pdf', title: 'PDF' }, ...(formats.data ?? [])];
  return all.map(({ format, title }) => ({
    id: `export-${format}`,
    title: `Export ${title}`,
    group: 'Exports',
    enabled: hasCase,
    reason: 'Opens with a case',
    run: () => {
      goTo({ view: 'report', tab: format });
    },
  }));
}
