import type { CallJson } from '../../../contract/report-json.ts';
import { callReader } from '../../store/read/calls/calls.ts';
import { toExportedCall } from '../../store/read/calls/exported-call.ts';
import type { ExportSource } from './export-format.ts';

/**
 * The calls of the selection one at a time, as the profile of the export lets them leave the case: in time order, then by source and record; the
 * first `most`.
 */
export function* selectedCalls(
  { db, selection, hide }: Pick<ExportSource, 'db' | 'selection' | 'hide'>,
  most?: number,
): Generator<CallJson> {
  for (const row of callReader(db).iterate(selection, most)) yield hide.call(toExportedCall(row));
}
