import { joinNodes, type QueryNode } from './ast.ts';
import { getField, type FieldName } from './fields.ts';
import { parseAddress, parseNetwork } from './network.ts';
import { QuerySyntaxError, type Scanned } from './scan.ts';
import { describeValue, parseNumber, parseTime } from './values.ts';

/**
 * The condition that a value of a number, a time or an address stands for: equal, inside a class or a network, within a stretch.
 * Errors: QuerySyntaxError when the text is no such value.
 */
export function typedValue(name: FieldName, value: Scanned, pattern: readonly string[]): QueryNode {
  const { type } = getField(name);
  if (type === 'address') {
    if (pattern.length === 1 && value.plain.includes('/')) {
      if (parseNetwork(value.plain) === undefined) throw badValue(name, value);
      return { kind: 'network', field: name, network: value.plain };
    }
    if (pattern.length === 1 && parseAddress(value.plain) === undefined) throw badValue(name, value);
    return { kind: 'match', field: name, values: [pattern] };
  }
  // 4xx is how people write a class of status codes.
  const statusClass = type === 'integer' ? /^([1-9])xx$/i.exec(value.plain)?.[1] : undefined;
  if (statusClass !== undefined) return { kind: 'match', field: name, values: [[statusClass, '']] };
  if (type === 'integer' && pattern.length > 1) return { kind: 'match', field: name, values: [pattern] };
  if (type !== 'time') {
    const read = readNumber(name, value);
    if (read === undefined) throw badValue(name, value);
    return { kind: 'compare', field: name, op: '=', value: read };
  }
  const stretch = parseTime(value.plain);
  if (stretch === undefined) throw badValue(name, value);
  return joinNodes('and', [
    { kind: 'compare', field: name, op: '>=', value: stretch.from },
    { kind: 'compare', field: name, op: '<', value: stretch.to },
  ]);
}

/** Reads a value in the unit of its field; `undefined` when it is none. */
export function readNumber(name: FieldName, value: Scanned): number | undefined {
  const { type } = getField(name);
  if (type === 'text' || type === 'address') return undefined;
  return type === 'time' ? parseTime(value.plain)?.from : parseNumber(type, value.plain);
}

/** What is wrong with a value of this field, and what it needs. */
export function badValue(name: FieldName, value: Scanned): QuerySyntaxError {
  const { type } = getField(name);
  const length = Math.max(1, value.end - value.start);
  if (type === 'time' && /^now\b/i.test(value.plain))
    return new QuerySyntaxError(value.start, length, 'now is another time each day; write a time, or count from case.start or case.end', [
      'case.end',
    ]);
  if (type === 'time' && /^case\b/i.test(value.plain))
    return new QuerySyntaxError(value.start, length, 'write time >= case.start + 5m or time < case.end - 1h', ['case.start', 'case.end']);
  const expected = describeValue(type);
  return new QuerySyntaxError(value.start, length, `${name} needs ${expected}`, [expected]);
}
