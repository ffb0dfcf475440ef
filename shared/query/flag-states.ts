import type { ValueState } from './alternatives.ts';
import { listClauses, removeClause } from './clauses.ts';
import type { QueryNode } from './ast.ts';

const flagOf = (node: QueryNode): string | undefined => {
  const item = node.kind === 'not' ? node.item : node;
  return item.kind === 'flag' ? item.flag : undefined;
};

/** Makes the function that says whether a query asks for a flag, rules it out, or says nothing of it. */
export function flagStates(text: string): (flag: string) => ValueState {
  const states = new Map<string, ValueState>();
  for (const { node, negated } of listClauses(text)) {
    const flag = flagOf(node);
    if (flag !== undefined && !states.has(flag)) states.set(flag, negated ? 'excluded' : 'included');
  }
  return (flag) => states.get(flag) ?? 'open';
}

/** The query that neither asks for a flag nor rules it out. */
export function forgetFlag(text: string, flag: string): string {
  const own = listClauses(text).flatMap(({ node }, index) => (flagOf(node) === flag ? [index] : []));
  return own.toReversed().reduce(removeClause, text);
}
