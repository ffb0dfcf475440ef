import { deepReplacer, type Pseudonymiser } from './pseudonymiser.ts';

const REFERENCE = /^(.+)(#\d+)$/s;
/** Times are read again by what writes them, and name nobody. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * The profile that leaves nothing of the evidence: every text becomes a number, the same text the same one. What an export says
 * under it is said by us, in any case of this shape.
 */
export function blankProfile(): Pseudonymiser {
  const numbers = new Map<string, string>();
  const numberOf = (value: string): string => {
    const known = numbers.get(value) ?? `·${String(numbers.size + 1)}`;
    numbers.set(value, known);
    return known;
  };
  const text = (value: string): string => {
    if (value === '' || TIME.test(value)) return value;
    // A view is asked with the references that it gave out.
    const [, source, record] = REFERENCE.exec(value) ?? [];
    return source === undefined ? numberOf(value) : `${numberOf(source)}${record ?? ''}`;
  };
  const deep = deepReplacer(text);
  return {
    profile: 'redacted',
    text,
    json: <T>(value: T): T => deep(value, '') as T, // the shape stays
    call: (call) => deep(call, '') as typeof call,
    forbidden: [],
    companies: [],
  };
}
