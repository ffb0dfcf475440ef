import type { CallRow } from '#shared/contract/rows.ts';
import { ReviewMarks } from '../widgets/review-marks.tsx';
import { useMarks } from './use-marks.ts';

/** Your marks on a call, or on any of several that are drawn as one; nothing where there are none. */
export function MarksOf({ calls }: { readonly calls: readonly Pick<CallRow, 'ref'>[] }) {
  const marks = useMarks();
  if (marks.size === 0) return null;
  const found = [...new Set(calls.flatMap(({ ref }) => marks.get(ref) ?? []))];
  const tags = [...new Set(found.flatMap((call) => call.tags ?? []))].sort();
  const notes = found.reduce((sum, call) => sum + (call.notes ?? 0), 0);
  return (
    <ReviewMarks
      call={{
        ...(tags.length === 0 ? {} : { tags }),
        ...(found.some(({ starred }) => starred === true) ? { starred: true } : {}),
        ...(found.some(({ marked }) => marked === true) ? { marked: true } : {}),
        ...(notes === 0 ? {} : { notes }),
      }}
    />
  );
}
