import { findBudget, judge, type Budget } from '../budget.ts';
import type { Figure } from '../bench.ts';
import { toTable } from './table.ts';

/** Figures of one part of what was measured: all of it, or the loud or quiet incidents. */
export interface FigureColumn {
  readonly title: string;
  readonly figures: readonly Figure[];
}

const say = (figure: Figure | undefined): string => (figure === undefined ? '-' : figure.value.toFixed(figure.unit === 'share' ? 3 : 1));

/**
 * Lines of a table that holds figures against their goals. Shape: a line for each figure of the first column that has a budget, in its order;
 * the verdict is that of the first column, the others show where it comes from.
 */
export function goalsTable(budgets: Readonly<Record<string, Budget>>, columns: readonly FigureColumn[]): readonly string[] {
  const rows = (columns[0]?.figures ?? []).flatMap((figure): (readonly string[])[] => {
    const budget = findBudget(budgets, figure.id);
    if (budget === undefined) return [];
    const cells = columns.map(({ figures }) => say(figures.find(({ id }) => id === figure.id)));
    return [[figure.id, say({ ...figure, value: budget.goal }), ...cells, judge(figure, budget)]];
  });
  return toTable([['', 'goal', ...columns.map(({ title }) => title), ''], ...rows]);
}
