import type { QueryNode } from './ast.ts';
import { appendClause, listClauses, removeClause } from './clauses.ts';
import { getField, type FieldName } from './fields.ts';
import { parseQuery } from './parse.ts';
import { printPattern, printQuery } from './print.ts';

/** One condition as text: `host:api.acme.test`, or `-host:…` to exclude. */
export function toClause(field: FieldName, value: string | number, exclude = false): string {
  const { type } = getField(field);
  const text = typeof value === 'number' ? String(value) : printPattern([value], false);
  const unit = type === 'duration' && typeof value === 'number' ? 'ms' : '';
  return `${exclude ? '-' : ''}${field}:${text}${unit}`;
}

/**
 * The query with one more condition that all results must meet; what is there stays as the analyst wrote it.
 * A condition that is there already is not added again; its opposite is replaced. A query that cannot be understood
 * is replaced by the condition.
 */
export function addClause(text: string, clause: string): string {
  const parsed = parseQuery(text);
  const added = parseQuery(clause);
  if (!parsed.ok || !added.ok || parsed.ast.kind === 'all') return clause;
  const printed = printQuery(added.ast);
  const opposite = printQuery(added.ast.kind === 'not' ? added.ast.item : { kind: 'not', item: added.ast });
  if (listClauses(text).some(({ node }) => printQuery(node) === printed)) return text;
  return appendClause(
    withoutClauses(text, (node) => printQuery(node) === opposite),
    clause,
  ).trim();
}

function withoutClauses(text: string, drop: (node: QueryNode) => boolean): string {
  let left = text;
  const clauses = listClauses(text);
  for (let index = clauses.length - 1; index >= 0; index -= 1) {
    const node = clauses[index]?.node;
    if (node !== undefined && drop(node)) left = removeClause(left, index);
  }
  return left;
}

const isTime = (node: QueryNode): boolean =>
  node.kind === 'and' ? node.items.every(isTime) : node.kind === 'moment' || (node.kind === 'compare' && node.field === 'time');

/** The query limited to a stretch of time; an earlier limit is replaced, since a brush moves. Units: µs; `to` is excluded. */
export function withTimeSpan(text: string, from: number, to: number): string {
  const limits = (
    [
      { kind: 'compare', field: 'time', op: '>=', value: from },
      { kind: 'compare', field: 'time', op: '<', value: to },
    ] as const
  ).map(printQuery);
  return appendClause(withoutTimeSpan(text), limits.join(' and '));
}

/** The query without its limits of time; the rest stays as it was typed. */
export const withoutTimeSpan = (text: string): string => withoutClauses(text, isTime).trim();

/** The stretch of time that a query is limited to, as far as its own conditions say. Units: µs. */
export function timeSpanOf(ast: QueryNode): { readonly from: number | undefined; readonly to: number | undefined } {
  let from: number | undefined;
  let to: number | undefined;
  for (const clause of ast.kind === 'and' ? ast.items : [ast]) {
    if (clause.kind !== 'compare' || clause.field !== 'time') continue;
    if (clause.op === '>=' || clause.op === '>') from = clause.value;
    if (clause.op === '<' || clause.op === '<=') to = clause.value;
  }
  return { from, to };
}
