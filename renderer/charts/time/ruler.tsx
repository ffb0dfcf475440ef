import './ruler.css';
import { scaleLinear } from 'd3';
import { formatDuration } from '../../widgets/format.ts';
import { niceTicks } from './nice-ticks.ts';

/** Room that a label of the ruler needs. Units: CSS px. */
const LABEL = 90;

/** Time since the chain began, as a ruler over the bars of its calls. Units: `span` in ms, `width` in CSS px. */
export function TimeRuler({ span, width }: { readonly span: number; readonly width: number }) {
  const scale = scaleLinear([0, Math.max(1, span)], [0, width]);
  const ticks = niceTicks(span, Math.max(1, Math.floor(width / LABEL)));
  return (
    <svg className="ruler" width={width} height={24} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={scale(tick)} x2={scale(tick)} y1={18} y2={24} />
          <text x={scale(tick) + (tick === 0 ? 0 : -3)} y={14} textAnchor={tick === 0 ? 'start' : 'end'}>
            {tick === 0 ? 'start' : `+${formatDuration(tick)}`}
          </text>
        </g>
      ))}
    </svg>
  );
}
