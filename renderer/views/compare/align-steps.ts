import type { CallRow } from '#shared/contract/rows.ts';
import { compareLines } from '../../widgets/call/diff-lines.ts';

/** One step of two chains: of both, of one alone, or a run of equal steps that is folded. */
export type AlignedStep =
  | { readonly kind: 'same'; readonly calls: 1; readonly step: string; readonly left: string; readonly right: string }
  | {
      readonly kind: 'left' | 'right';
      readonly calls: 1;
      readonly step: string;
      readonly left: string | undefined;
      readonly right: string | undefined;
    }
  | { readonly kind: 'fold'; readonly calls: number };

/** What a call did, as one line: captured text has its line breaks written out. */
export const stepOf = (call: Pick<CallRow, 'endpoint' | 'method' | 'host' | 'path' | 'status'>): string =>
  `${call.endpoint ?? `${call.method ?? '?'} ${call.host ?? ''}${call.path ?? ''}`}${call.status === undefined || call.status < 400 ? '' : ` failed ${String(call.status)}`}`.replace(
    /[\r\n]/g,
    ' ',
  );

/**
 * Lays two lists of calls side by side by what they did; a failed call is another step than one that went well.
 * Errors: `undefined` when they are too long or too different.
 */
export function alignSteps(left: readonly CallRow[], right: readonly CallRow[]): readonly AlignedStep[] | undefined {
  const lines = compareLines(left.map(stepOf).join('\n'), right.map(stepOf).join('\n'));
  if (lines === undefined) return undefined;
  let [ours, theirs] = [0, 0];
  return lines.map((line): AlignedStep => {
    if (line.kind === 'fold') {
      ours += line.lines;
      theirs += line.lines;
      return { kind: 'fold', calls: line.lines };
    }
    const [mine, other] = [left[ours]?.ref, right[theirs]?.ref];
    if (line.kind !== 'right') ours += 1;
    if (line.kind !== 'left') theirs += 1;
    if (line.kind === 'same') return { kind: 'same', calls: 1, step: line.text, left: mine ?? '', right: other ?? '' };
    return {
      kind: line.kind,
      calls: 1,
      step: line.text,
      left: line.kind === 'left' ? mine : undefined,
      right: line.kind === 'right' ? other : undefined,
    };
  });
}
