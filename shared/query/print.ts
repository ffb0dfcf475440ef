import { assertNever } from '../lib/assert.ts';
import type { Pattern, QueryNode } from './ast.ts';
import { getField, nameOf, type FieldName } from './fields.ts';
import { printMoment } from './moment.ts';
import { findRegexEnd } from './scan.ts';
import { printNumber } from './values.ts';

/** Writes a query so that reading it gives the same meaning: `parseQuery(printQuery(ast))` is `ast`. */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '*';
    case 'and':
      return node.items
        .map((item) => (item.kind === 'or' && !isValueList(item) ? `(${printQuery(item)})` : printQuery(item)))
        .join(' and ');
    case 'or':
      return isValueList(node) ? printValueList(node.items) : node.items.map(printQuery).join(' or ');
    case 'not':
      return printNot(node.item);
    case 'text':
      return printPattern(node.pattern, true);
    case 'match':
      return printMatch(
        nameOf(node),
        node.values.map((value) => printPattern(value, false)),
      );
    case 'present':
      return `${nameOf(node)}:*`;
    case 'textRegex':
      return `/${node.source}/`;
    case 'regex':
      return `${nameOf(node)}:/${node.source}/`;
    case 'moment':
      return `time ${node.op} ${printMoment(node.moment)}`;
    case 'compare':
      return node.op === '='
        ? `${node.field}:${printValue(node.field, node.value)}`
        : `${node.field} ${node.op} ${printValue(node.field, node.value)}`;
    case 'network':
      return `${node.field}:${node.network}`;
    case 'flag':
      return node.flag;
    default:
      return assertNever(node, 'query node');
  }
}

function printNot(item: QueryNode): string {
  if (item.kind === 'and' || (item.kind === 'or' && !isValueList(item))) return `not (${printQuery(item)})`;
  return item.kind === 'compare' || item.kind === 'moment' || item.kind === 'not' || item.kind === 'all'
    ? `not ${printQuery(item)}`
    : `-${printQuery(item)}`;
}

type Equals = Extract<QueryNode, { kind: 'compare' }>;

// Equal values of one numeric field read as status:(403 or 404). Times are stretches, so they never stand alone as "equal".
function isValueList(node: QueryNode): node is { readonly kind: 'or'; readonly items: readonly Equals[] } {
  if (node.kind !== 'or') return false;
  const [first] = node.items;
  return node.items.every((item) => item.kind === 'compare' && item.op === '=' && first?.kind === 'compare' && item.field === first.field);
}

function printValueList(items: readonly Equals[]): string {
  const [first] = items;
  return first === undefined
    ? ''
    : printMatch(
        first.field,
        items.map((item) => printValue(item.field, item.value)),
      );
}

const printMatch = (field: string, values: readonly string[]): string =>
  values.length === 1 ? `${field}:${values.join('')}` : `${field}:(${values.join(' or ')})`;

const printValue = (field: FieldName, value: number): string => printNumber(getField(field).type, value);

/** Writes one value: bare where that is safe, else in quotes; with stars, special characters carry a backslash. */
export function printPattern(pattern: Pattern, isText: boolean): string {
  const [only] = pattern;
  if (pattern.length === 1 && only !== undefined) return isBareSafe(only, isText) ? only : `"${only.replace(/["\\]/g, '\\$&')}"`;
  const bare = pattern
    .map((piece) => piece.replace(isText ? /[\s()"\\*:<>=!]/g : /[\s()"\\*]/g, '\\$&'))
    .join('*')
    .replace(/^[-<>=!]/, '\\$&');
  // What would be read as a regular expression is none with a backslash before its slash.
  return findRegexEnd(bare, 0) === undefined ? bare : `\\${bare}`;
}

function isBareSafe(text: string, isText: boolean): boolean {
  if (findRegexEnd(text, 0) !== undefined || !/^[^\s()"\\*]+$/.test(text) || /^(?:and|or|not)$/i.test(text)) return false;
  return isText ? !/^-|[:<>=!]/.test(text) : !/^[<>=]/.test(text);
}
