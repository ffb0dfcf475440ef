import { useCommands } from '../../state/commands.ts';
import { callColumns } from './columns.tsx';

/** Offers to sort the calls by each column that can be sorted: what a click on its head does, for the keyboard. */
export function useSortCommands(onSort: (column: string) => void): void {
  useCommands(
    callColumns
      .filter((column) => column.sortable === true)
      .map(({ id, title }) => ({
        id: `sort-${id}`,
        title: `Sort by ${TITLES[id] ?? title.toLowerCase()}, or turn the order round`,
        group: 'Calls',
        run: () => {
          onSort(id);
        },
      })),
  );
}

/** Columns whose heads are too short to say by themselves what they hold. */
const TITLES: Readonly<Record<string, string>> = {
  time: 'time',
  durationMs: 'duration',
  resBytes: 'size of the response',
  reqBytes: 'size of the request',
};
