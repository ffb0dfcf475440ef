import type { Pseudonymiser } from './pseudonymiser.ts';

/** Every text in a value; keys are ours. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]));
}

/**
 * A pseudonymiser that masks, too: what the evidence shows as a credential in one place stands in another where nothing gives it away, in a
 * path or a sentence for instance, and may not leave the case there either.
 */
export function withMasks(hide: Pseudonymiser, masked: (text: string) => string): Pseudonymiser {
  return {
    ...hide,
    text: (value) => masked(hide.text(value)),
    // The shape stays: only texts are replaced.
    json: <T>(value: T): T => mapTexts(hide.json(value), masked) as T,
    call: (call) => mapTexts(hide.call(call), masked) as typeof call,
  };
}
