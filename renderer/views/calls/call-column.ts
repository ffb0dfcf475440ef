import type { CallRow } from '#shared/contract/rows.ts';
import type { FieldName } from '#shared/query/fields.ts';
import type { Column } from '../../widgets/table/table-column.ts';

/** A column of the table of calls, and what a filter by its value asks for. */
export interface CallColumn extends Column<CallRow> {
  /** The field of the query language that the column shows; absent where a filter by one value makes no sense. */
  readonly field?: FieldName;
  readonly value?: (call: CallRow) => string | number | undefined;
  /** True for those that are there before anybody chose. */
  readonly usual?: boolean;
}
