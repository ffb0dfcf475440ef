import type { QueryNode } from './ast.ts';
import type { AnyFieldName, FlagName } from './fields.ts';

const reviewFields: ReadonlySet<AnyFieldName> = new Set<AnyFieldName>(['tag', 'note']);
const reviewFlags: ReadonlySet<FlagName> = new Set<FlagName>(['is:starred', 'is:marked', 'has:tag', 'has:note']);

/** True when what a query finds depends on what the analyst said about calls: tags, stars, marks, notes. */
export function mentionsReview(node: QueryNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.items.some(mentionsReview);
    case 'not':
      return mentionsReview(node.item);
    case 'flag':
      return reviewFlags.has(node.flag);
    case 'match':
    case 'present':
    case 'compare':
    case 'network':
    case 'regex':
      return reviewFields.has(node.field);
    default:
      return false;
  }
}
