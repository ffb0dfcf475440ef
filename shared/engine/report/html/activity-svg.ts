import { greatest } from '../../../lib/extremes.ts';
import type { Block } from '../blocks.ts';
import { count, minuteText } from '../text.ts';
import { escapeAttribute } from './escape.ts';

type ActivityBlock = Extract<Block, { kind: 'activity' }>;

/** The picture's box, the room for its y labels, and that for the times below its bars. Units: CSS pixels. */
const WIDTH = 658;
const LEFT = 44;
const TOP = 8;
const BELOW = 20;

const num = (value: number): string => String(Math.round(value * 100) / 100);

/** The smallest of 1, 2 or 5 times a power of ten that is not below `value`. */
function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10);
}

/** Calls over time as stacked bars: successful, failed, named by a finding. A slice without calls is hatched. */
export function activitySvg(block: ActivityBlock, id: string): string {
  const base = TOP + block.barHeight;
  const most = roundUp(
    greatest(
      block.bins.map((bin) => bin.calls),
      1,
    ),
  );
  const step = (WIDTH - LEFT) / Math.max(1, block.bins.length);
  const scale = block.barHeight / most;
  const bars = block.bins.map((bin, index) => {
    const x = num(LEFT + index * step);
    const width = num(Math.max(0.6, step - 0.8));
    if (bin.calls === 0)
      return `<rect class="gap" x="${num(LEFT + index * step)}" y="${String(TOP)}" width="${num(step)}" height="${String(block.barHeight)}" fill="url(#${id}-h)"/>`;
    const found = Math.min(bin.inFindings, bin.calls);
    const failed = Math.min(bin.failed, bin.calls - found);
    const parts = [
      ['found', found],
      ['failed', failed],
      ['fine', bin.calls - found - failed],
    ] as const;
    let y = base;
    return parts
      .filter(([, calls]) => calls > 0)
      .map(([name, calls]) => {
        // What a finding names must be seen even beside thousands of other calls.
        const height = Math.max(name === 'found' ? 3 : 0.5, calls * scale);
        y -= height;
        return `<rect class="${name}" x="${x}" y="${num(Math.max(0, y))}" width="${width}" height="${num(height)}"/>`;
      })
      .join('');
  });
  const levels = (most === 1 ? [0, 1] : [0, most / 2, most]).map(
    (value) =>
      `<text class="small" x="${String(LEFT - 6)}" y="${num(base - value * scale + 3.5)}" text-anchor="end">${count(value)}</text>`,
  );
  const first = block.bins[0]?.start;
  const last = block.bins[block.bins.length - 1]?.start;
  const axis =
    first === undefined || last === undefined
      ? ''
      : `<text class="small" x="${String(LEFT)}" y="${String(base + 16)}">${escapeAttribute(minuteText(first))}</text><text class="small" x="${String(WIDTH)}" y="${String(base + 16)}" text-anchor="end">${escapeAttribute(minuteText(last))} UTC</text>`;
  return (
    `<svg class="activity" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${String(WIDTH)} ${String(base + BELOW)}" width="${String(WIDTH)}" height="${String(base + BELOW)}">` +
    `<title id="${id}-t">${escapeAttribute(block.caption)}</title><desc id="${id}-d">${escapeAttribute(block.alternative)}</desc>` +
    `<defs><pattern id="${id}-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v5"/></pattern></defs>` +
    `${bars.join('')}<path class="axis" d="M${String(LEFT)} ${String(base)}H${String(WIDTH)}"/>${levels.join('')}${axis}</svg>`
  );
}
