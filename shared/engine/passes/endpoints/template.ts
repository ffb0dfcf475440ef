import { printSegment } from '../../../model/template-rule.ts';
import type { SegmentType } from './segment.ts';
import { INNER_VALUE } from './path-tokens.ts';
import type { TemplatePart } from './trie.ts';

const NAMES: Readonly<Record<SegmentType, string>> = {
  word: 'id', int: 'id', uuid: 'id', hex: 'id', ulid: 'id', code: 'id', date: 'date', email: 'email', address: 'ip', file: 'file', masked: 'secret',
}; // prettier-ignore

/** A value inside of a segment, by its name where it has one: `(OrderID=…,Line=…)`. */
const KEYED = new RegExp(`(?:(\\w+)=)?${INNER_VALUE}`, 'g');

/**
 * Writes a template. One parameter is `{id}`; of several, each id is named for the noun before it.
 * Example: `users`, value → `/users/{id}`; `users`, value, `orders`, value → `/users/{userId}/orders/{orderId}`.
 */
export function printTemplate(parts: readonly TemplatePart[]): string {
  const values = parts.reduce(
    (sum, part) => sum + (typeof part !== 'string' ? 1 : part.includes(INNER_VALUE) ? part.split(INNER_VALUE).length - 1 : 0),
    0,
  );
  const taken = new Map<string, number>();
  const given = new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : (part.name ?? []))));
  let noun = '';
  const print = (plain: string, chosen?: string): string => {
    const name = chosen ?? (values > 1 && plain === 'id' && noun !== '' ? `${toNoun(noun)}Id` : plain);
    // A name that the analyst chose is that parameter's alone; given twice, the second is numbered as ours are.
    const key = chosen === undefined ? `our ${name}` : name;
    let count = (taken.get(key) ?? 0) + 1;
    while (chosen === undefined && given.has(numbered(name, count))) count += 1;
    taken.set(key, count);
    return `{${numbered(name, count)}}`;
  };
  const segments = parts.map((part) => {
    if (typeof part !== 'string') return print(NAMES[part.type], part.name) + (part.ending ?? '');
    noun = part.includes(INNER_VALUE) ? part.slice(0, part.indexOf('(')) : part;
    const text = printSegment(part);
    if (!text.includes(INNER_VALUE)) return text;
    return text.replaceAll(KEYED, (_whole, key: string | undefined) => (key === undefined ? print('id') : `${key}=${print(key)}`));
  });
  return `/${segments.join('/')}`;
}

const numbered = (name: string, count: number): string => (count === 1 ? name : `${name}${String(count)}`);

/** `order-items` → `orderItem`: one of what a collection is named for. */
function toNoun(word: string): string {
  const camel = word
    .replaceAll(/[^A-Za-z0-9]+(\w)?/g, (_match, letter: string | undefined) => (letter ?? '').toUpperCase())
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const single = camel.endsWith('ies')
    ? camel.replace(/ies$/, 'y')
    : /(?:ss|us|is)$/.test(camel)
      ? camel
      : /(?:ches|shes|xes|sses)$/.test(camel)
        ? camel.slice(0, -2)
        : camel.replace(/s$/, '');
  return single === '' ? 'path' : single;
}
