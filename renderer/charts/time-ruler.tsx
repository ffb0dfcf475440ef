import './time-ruler.css';
import { scaleLinear } from 'd3';
import { formatDuration } from '../widgets/format.ts';

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
          <text x={scale(tick) + (tick === 0 ? 0 : -3)} y={14} textAnchor={tick === 0 ? 'start' : 'end'}>{tick === 0 ? 'start' : `+${formatDuration(tick)}`}</text>
        </g>
      ))}
    </svg>
  );
}

/** Steps that people read time in. Units: ms. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000];

/** Round times from 0 up to `span`, at most `count` of them after 0. */
export function niceTicks(span: number, count: number): readonly number[] {
  const step = STEPS.find((candidate) => span / candidate <= count) ?? Math.ceil(span / count / 86_400_000) * 86_400_000;
  const ticks: number[] = [];
  for (let tick = 0; tick <= span; tick += step) ticks.push(tick);
  return ticks;
}
