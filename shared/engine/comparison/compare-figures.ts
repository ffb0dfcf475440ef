import type { FigureDifference, FiguresOfCase } from '../../contract/compare.ts';

/**
 * The figures of two cases side by side, in the order of the later one; those of the earlier one alone come last. Figures are the same when
 * they are called the same; what they count may have changed between versions of the definitions, which stand on both sides.
 */
export function compareFigures(before: FiguresOfCase, after: FiguresOfCase): readonly FigureDifference[] {
  const earlier = new Map(before.figures.map((figure) => [figure.label, figure]));
  const later = new Set(after.figures.map(({ label }) => label));
  return [
    ...after.figures.map(({ label, value, definition }): FigureDifference => {
      const was = earlier.get(label);
      return { label, definition, ...(was === undefined ? {} : { before: was.value }), after: value };
    }),
    ...before.figures
      .filter(({ label }) => !later.has(label))
      .map(({ label, value, definition }) => ({ label, definition, before: value })),
  ];
}
