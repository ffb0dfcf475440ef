import { expect, test } from 'vitest';
import type { ExhibitJson } from '#shared/model/exhibit.ts';
import { drawExhibit, markPath } from '#shared/model/exhibit-drawing.ts';

const at = (second: number) => ({ call: `kong#${String(second)}`, time: `2026-10-01T00:00:${String(second).padStart(2, '0')}.000000Z` });
const strip: ExhibitJson = {
  kind: 'strip',
  title: 'x',
  lanes: ['refused', 'answered'],
  marks: [
    { at: at(0), lane: 0, tone: 'refused', label: 'a' },
    { at: at(30), lane: 0, tone: 'refused', label: 'b' },
    { at: at(59), lane: 1, tone: 'grave', label: 'c' },
    { at: { call: 'kong#9' }, lane: 0, tone: 'seen', label: 'without a time' },
  ],
  omitted: 0,
};

test('marks of a strip stand in time order between both ends, in their lanes; what has no time is left out', () => {
  const marks = drawExhibit(strip)?.shapes.filter((shape) => shape.kind === 'mark') ?? [];
  expect(marks.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  expect(marks.map(({ x }) => x)).toEqual([...marks.map(({ x }) => x)].sort((a, b) => a - b));
  expect(new Set(marks.map(({ y }) => y)).size).toBe(2);
});

test('one mark, no mark and no lane are no trouble', () => {
  for (const marks of [strip.marks.slice(0, 1), []]) expect(JSON.stringify(drawExhibit({ ...strip, marks }))).not.toMatch(/null|NaN/);
});

test('a line of a graph of owners joins its two names', () => {
  const drawing = drawExhibit({ kind: 'bipartite', title: 'x', left: ['amy', 'mal'], right: ['/notes/1'], links: [{ at: at(1), from: 1, to: 0, tone: 'grave' }], omitted: 0 }); // prettier-ignore
  const line = drawing?.shapes.find((shape) => shape.kind === 'line');
  const ends = drawing?.shapes.filter((shape) => shape.kind === 'mark') ?? [];
  expect(line).toMatchObject({ look: 'grave', y1: ends[1]?.y, y2: ends[2]?.y });
});

test('a curve goes up where its numbers do, and an empty one is empty', () => {
  const curve = (points: readonly (readonly [number, number])[]) => drawExhibit({ kind: 'curve', title: 'x', x: 'h', y: 'n', points });
  const line = curve([[0, 1], [1, 5]])?.shapes.find((shape) => shape.kind === 'curve'); // prettier-ignore
  expect((line?.points[0]?.[1] ?? 0) - (line?.points[1]?.[1] ?? 0)).toBeGreaterThan(0);
  expect(curve([])?.shapes).toEqual([]);
});

test('tables are not drawn, and tones differ in shape', () => {
  expect(drawExhibit({ kind: 'steps', title: 'x', steps: [] })).toBeUndefined();
  const path = (tone: 'grave' | 'refused') => markPath({ kind: 'mark', x: 1, y: 1, tone, label: '' });
  expect(path('grave')).not.toEqual(path('refused'));
});
