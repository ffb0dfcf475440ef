import { useMemo } from 'react';
import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { useSize } from '../../../charts/use-size.ts';
import { formatCount } from '../../../widgets/format.ts';
import { layMap } from './layout.ts';

/** Room for names on either side, as a share of the width. */
const NAMES = 0.32;

/** Callers to the left, services to the right, a line where calls went; the table beside it says the same in words. */
export function MapPicture({ links }: { readonly links: readonly MachineLinkJson[] }) {
  const [ref, { width }] = useSize();
  const { callers, services, lines, height, left } = useMemo(() => layMap(links), [links]);
  const [from, to] = [width * NAMES, width * (1 - NAMES)];
  return (
    <div ref={ref} className="machine-picture">
      {width === 0 ? null : (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${formatCount(callers.length)} callers and ${formatCount(services.length)} services, joined by ${formatCount(lines.length)} lines`}
        >
          {lines.map((line) => (
            <path
              key={`${line.from.id}\n${line.to.id}`}
              className={line.failed === line.calls ? 'machine-line failed' : 'machine-line'}
              strokeWidth={line.width}
              d={`M${String(from)} ${String(line.from.y)}C${String((from + to) / 2)} ${String(line.from.y)} ${String((from + to) / 2)} ${String(line.to.y)} ${String(to)} ${String(line.to.y)}`}
            >
              <title>
                {toVisibleText(line.from.label)} → {toVisibleText(line.to.label)}: {formatCount(line.calls)} calls,{' '}
                {formatCount(line.failed)} failed, {formatCount(line.credentials)} credentials
              </title>
            </path>
          ))}
          {callers.map(({ id, label, y }) => (
            <text key={id} x={from - 6} y={y} textAnchor="end" dominantBaseline="middle" className="machine-name">
              {short(label)}
            </text>
          ))}
          {services.map(({ id, label, y }) => (
            <text key={id} x={to + 6} y={y} dominantBaseline="middle" className="machine-name">
              {short(label)}
            </text>
          ))}
        </svg>
      )}
      {left === 0 ? null : <p className="muted">{formatCount(left)} more callers and services stand in the table only.</p>}
    </div>
  );
}

const short = (label: string): string => {
  const text = toVisibleText(label);
  return text.length > 42 ? `${text.slice(0, 24)}…${text.slice(-16)}` : text;
};
