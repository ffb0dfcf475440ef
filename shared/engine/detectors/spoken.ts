import { DATA_WORDS } from '../../model/data-words.ts';

/** A count as people write it: `1,204`. */
export const countOf = (value: number): string => value.toLocaleString('en-US');

/** `1 call`, `1,204 calls`; irregular plurals are given. */
export const plural = (value: number, one: string, many = `${one}s`): string => `${countOf(value)} ${value === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`; longer lists end in `and n more`. */
export function listOf(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(', ')} and ${countOf(items.length - most + 1)} more`;
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Bytes for a person: `812 B`, `2.1 kB`, `3.4 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  const [unit, name] = bytes < 1_000_000 ? [1000, 'kB'] : bytes < 1_000_000_000 ? [1_000_000, 'MB'] : [1_000_000_000, 'GB'];
  return `${(bytes / unit).toFixed(1)} ${name}`;
}

/** `4 card numbers`, `1 e-mail address`; kinds without words of their own stand as they are. */
export function dataOf(type: string, count: number): string {
  const [one, many] = DATA_WORDS[type] ?? [`${type} value`, `${type} values`];
  return plural(count, one, many);
}
