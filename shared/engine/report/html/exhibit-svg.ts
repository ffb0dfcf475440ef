import { markPath, type Shape } from '../../../model/exhibit-drawing.ts';
import type { Block } from '../blocks.ts';
import { escapeAttribute } from './escape.ts';

const num = (value: number): string => String(Math.round(value * 100) / 100);

function shapeSvg(shape: Shape): string {
  if (shape.kind === 'line')
    return `<path class="line ${shape.look}" d="M${num(shape.x1)} ${num(shape.y1)}L${num(shape.x2)} ${num(shape.y2)}"/>`;
  if (shape.kind === 'mark')
    return `<path class="mark ${shape.tone}" d="${markPath(shape)}"><title>${escapeAttribute(shape.label)}</title></path>`;
  if (shape.kind === 'curve')
    return `<path class="line seen" d="${shape.points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('')}"/>`;
  return `<text class="small" x="${num(shape.x)}" y="${num(shape.y)}" text-anchor="${shape.anchor}">${escapeAttribute(shape.text)}</text>`;
}

/** The picture of an exhibit: a strip, a graph of owners or a curve. */
export function exhibitSvg({ drawing, caption, alternative }: Extract<Block, { kind: 'exhibit' }>, id: string): string {
  const [width, height] = [String(drawing.width), String(drawing.height)];
  return (
    `<svg class="exhibit" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<title id="${id}-t">${escapeAttribute(caption)}</title><desc id="${id}-d">${escapeAttribute(alternative)}</desc>` +
    `${drawing.shapes.map(shapeSvg).join('')}</svg>`
  );
}
