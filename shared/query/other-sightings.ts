import type { QueryNode } from './ast.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';

const widen = (node: QueryNode): QueryNode => {
  if (node.kind === 'and' || node.kind === 'or') return { ...node, items: node.items.map(widen) };
  if (node.kind === 'not') return { ...node, item: widen(node.item) };
  return (node.kind === 'match' || node.kind === 'regex') && node.field === 'source' ? { ...node, field: 'seenIn' } : node;
};

/**
 * The query with `seenIn` in place of `source`; `undefined` when it asks for no source. A file all of whose calls another file shows, too, is
 * the second evidence of each of them, and `source`, the first, finds none.
 * Example: `source:a.har status:200` gives `seenIn:a.har status:200`.
 */
export function withOtherSightings(text: string): string | undefined {
  const parsed = parseQuery(text);
  if (!parsed.ok) return undefined;
  const [own, wider] = [printQuery(parsed.ast), printQuery(widen(parsed.ast))];
  return own === wider ? undefined : wider;
}
