import { useMemo } from 'react';
import type { Coverage } from '#shared/contract/rows.ts';
import { formatDuration, formatPlural, formatTime } from '../../widgets/format.ts';
import { layoutStrip, listGaps, listStretches, startOf, type SourceCoverage } from './coverage-layout.ts';

/** Height of a strip in its own units; the style sheet stretches it. */
const HEIGHT = 16;

interface CoverageStripProps {
  readonly coverage: Coverage;
  readonly source: SourceCoverage;
}

/** When a source has calls, on the axis that all sources share: darker is more, a dotted line is a silence. */
export function CoverageStrip({ coverage, source }: CoverageStripProps) {
  const { levels, gaps } = useMemo(() => layoutStrip(source.calls, HEIGHT), [source.calls]);
  const label = useMemo(() => describeCoverage(coverage, source), [coverage, source]);
  return (
    <svg
      className="coverage-strip"
      viewBox={`0 0 ${String(Math.max(1, source.calls.length))} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path className="coverage-gap" d={gaps} vectorEffect="non-scaling-stroke" />
      {levels.map((path, index) => (path === '' ? null : <path key={index} className={`coverage-${String(index + 1)}`} d={path} />))}
    </svg>
  );
}

/** A strip in words: its stretch and its longest silence. How many there are says nothing of a source with few calls. */
export function describeCoverage(coverage: Coverage, { calls, untimed }: SourceCoverage): string {
  const stretches = listStretches(calls);
  const [first, last] = [stretches[0], stretches.at(-1)];
  const without = untimed === 0 ? '' : `${formatPlural(untimed, 'call')} without a time`;
  if (first === undefined || last === undefined) return without === '' ? 'no calls' : without;
  const span = `Calls from ${at(coverage, first.from)} to ${at(coverage, last.to)} UTC`;
  const gaps = listGaps(calls);
  const longest = gaps.reduce<(typeof gaps)[number] | undefined>(
    (best, gap) => (best === undefined || gap.to - gap.from > best.to - best.from ? gap : best),
    undefined,
  );
  const silent =
    longest === undefined
      ? 'without a silence'
      : `longest silence ${formatDuration((longest.to - longest.from) * coverage.binSeconds * 1000)} from ${at(coverage, longest.from)}`;
  return [span, silent, without].filter((part) => part !== '').join('; ');
}

const at = (coverage: Coverage, slice: number): string => formatTime(startOf(coverage, slice), 'min');
