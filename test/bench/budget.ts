import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Figure } from './bench.ts';
import { sayBytes } from './statistics.ts';

/** What a figure may be, and what it should become. */
export interface Budget {
  readonly budget: number;
  readonly goal: number;
  readonly why: string;
  /** `higher` where more is better: the figure must not fall below the budget, and the goal lies above it. */
  readonly better?: 'higher';
}

/** Reads `budgets.json`, the one place where budgets stand. */
export function readBudgets(): Readonly<Record<string, Budget>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8')) as Readonly<Record<string, Budget>>;
}

export type Verdict = 'within the goal' | 'within the budget' | 'ABOVE THE BUDGET' | 'BELOW THE BUDGET' | 'no budget';

/** How a figure stands to its budget and its goal; the lower, the better, unless the budget says otherwise. */
export function judge(figure: Pick<Figure, 'value'>, budget: Budget | undefined): Verdict {
  if (budget === undefined) return 'no budget';
  const sign = budget.better === 'higher' ? -1 : 1;
  if (sign * figure.value > sign * budget.budget) return sign > 0 ? 'ABOVE THE BUDGET' : 'BELOW THE BUDGET';
  return sign * figure.value <= sign * budget.goal ? 'within the goal' : 'within the budget';
}

/** One printed line for a figure. */
export function sayFigure(figure: Figure, budget: Budget | undefined): string {
  const print = (value: number): string => {
    if (figure.unit === 'bytes') return sayBytes(value);
    return figure.unit === 'ratio' ? value.toFixed(2) : `${value.toFixed(0)} ms`;
  };
  const limits = budget === undefined ? '' : ` (budget ${print(budget.budget)}, goal ${print(budget.goal)})`;
  return `${figure.id}: ${print(figure.value)}${limits}, ${judge(figure, budget)}: ${figure.what}`;
}
