import { GitCompareArrows } from 'lucide-react';
import { timeSpanOf } from '#shared/query/edit.ts';
import type { Filter } from '../filter/use-filter.ts';
import { useCommands } from '../state/commands.ts';
import { layAndCompare, type TrayItem } from '../state/compare-tray.ts';
import { Menu } from '../widgets/menu.tsx';
import { queryItem, windowItem } from './tray-items.ts';

/** Lays the window of time that the query is limited to, or all that the query finds, into the compare tray. */
export function CompareMenu({ filter }: { readonly filter: Filter }) {
  const span = timeSpanOf(filter.ast);
  const window = windowItem(span.from, span.to);
  const query = filter.ast.kind === 'all' ? undefined : queryItem(filter.good);
  const make = (id: string, title: string, item: TrayItem | undefined, reason: string) => ({
    id,
    title,
    group: 'Compare',
    enabled: item !== undefined,
    reason,
    run: () => {
      if (item !== undefined) layAndCompare(item);
    },
  });
  const commands = [
    make('compare-window', 'Compare this window of time…', window, 'Limit the time first: draw over the calls over time'),
    make('compare-query', 'Compare what this query finds…', query, 'Write a query first'),
  ];
  useCommands(commands);
  return (
    <Menu
      label="Compare windows and queries"
      items={commands.map(({ id, title, enabled, reason, run }) => ({
        id,
        label: title,
        run,
        ...(enabled ? {} : { disabled: reason }),
      }))}
    >
      <GitCompareArrows size={16} strokeWidth={1.5} aria-hidden="true" />
    </Menu>
  );
}
