import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Figure } from './bench.ts';
import { sayBytes } from './statistics.ts';

/** What a figure may be, and what it should become. */
export interface Budget {
  readonly budget: number;
  readonly goal: number;
  /** Of a figure that should be high; others should be low. */
  readonly better?: 'higher';
  readonly why: string;
}

/** Reads `budgets.json`, the one place where budgets stand. */
export function readBudgets(): Readonly<Record<string, Budget>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8')) as Readonly<Record<string, Budget>>;
}

/** The line of a figure: its own, or that of all its kind, whose last word is `*`. */
export const findBudget = (budgets: Readonly<Record<string, Budget>>, id: string): Budget | undefined =>
  budgets[id] ?? budgets[id.replace(/[^.]*$/, '*')];

export type Verdict = 'within the goal' | 'within the budget' | 'ABOVE THE BUDGET' | 'BELOW THE BUDGET' | 'no budget';

/** How a figure stands to its budget and its goal; the lower, the better, unless the budget says otherwise. */
export function judge(figure: Pick<Figure, 'value'>, budget: Budget | undefined): Verdict {
  if (budget === undefined) return 'no budget';
  const isWorse = (limit: number): boolean => (budget.better === 'higher' ? figure.value < limit : figure.value > limit);
  if (isWorse(budget.budget)) return budget.better === 'higher' ? 'BELOW THE BUDGET' : 'ABOVE THE BUDGET';
  return isWorse(budget.goal) ? 'within the budget' : 'within the goal';
}

/** True when the bench must end with 1. */
export const isBroken = (verdict: Verdict): boolean => verdict === 'ABOVE THE BUDGET' || verdict === 'BELOW THE BUDGET';

/** One printed line for a figure. */
export function sayFigure(figure: Figure, budget: Budget | undefined): string {
  const print = (value: number): string => {
    if (figure.unit === 'bytes') return sayBytes(value);
    if (figure.unit === 'share') return value.toFixed(4);
    if (figure.unit === 'minutes') return `${value.toFixed(0)} min`;
    return figure.unit === 'ratio' ? value.toFixed(2) : `${value.toFixed(0)} ms`;
  };
  const limits = budget === undefined ? '' : ` (budget ${print(budget.budget)}, goal ${print(budget.goal)})`;
  return `${figure.id}: ${print(figure.value)}${limits}, ${judge(figure, budget)}: ${figure.what}`;
}
