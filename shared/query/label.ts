import { assertNever } from '../lib/assert.ts';
import type { Comparison, Pattern, QueryNode } from './ast.ts';
import { getField, nameOf } from './fields.ts';
import { printMoment } from './moment.ts';
import { printNumber } from './values.ts';

const signs: Readonly<Record<Comparison, string>> = { '<': '<', '<=': '≤', '=': 'is', '>=': '≥', '>': '>' };

/**
 * Says a condition in a few words, for a chip or a list: `status ≥ 400`, `not path /health*`.
 * It is for reading only: values stand in it as captured, without the quotes that the language would need.
 */
export function labelOf(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return 'every call';
    case 'and':
    case 'or':
      return node.items
        .map((item) => (item.kind === 'and' || item.kind === 'or' ? `(${labelOf(item)})` : labelOf(item)))
        .join(` ${node.kind} `);
    case 'not':
      return node.item.kind === 'and' || node.item.kind === 'or' ? `not (${labelOf(node.item)})` : `not ${labelOf(node.item)}`;
    case 'text':
      return `“${toText(node.pattern)}”`;
    case 'match':
      return `${nameOf(node)} ${node.values.map(toText).join(' or ')}`;
    case 'present':
      return `${nameOf(node)} present`;
    case 'textRegex':
      return `fits /${node.source}/`;
    case 'regex':
      return `${nameOf(node)} fits /${node.source}/`;
    case 'moment':
      return `time ${signs[node.op]} ${printMoment(node.moment)}`;
    case 'compare':
      return `${node.field} ${signs[node.op]} ${printNumber(getField(node.field).type, node.value)}`;
    case 'network':
      return `${node.field} in ${node.network}`;
    case 'flag':
      return node.flag.replace(':', ' ');
    default:
      return assertNever(node, 'query node');
  }
}

const toText = (pattern: Pattern): string => pattern.join('*');
