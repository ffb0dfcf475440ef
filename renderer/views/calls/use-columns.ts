import type { CallRow } from '#shared/contract/rows.ts';
import { useTableColumns, type TableColumns } from '../../state/use-table-columns.ts';
import { toLayout } from '../../widgets/table/column-layout.ts';
import { callColumns, USUAL_COLUMNS } from './columns.tsx';

/** The columns of the table of calls, as the analyst laid them out. */
export type ShownColumns = TableColumns<CallRow>;

const USUAL = toLayout(USUAL_COLUMNS);

/** Remembers which columns of the table of calls are shown, in what order and how wide. */
export const useColumns = (): ShownColumns => useTableColumns('calls', callColumns, USUAL);
