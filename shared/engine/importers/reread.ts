import { parseExact } from '../../lib/exact-numbers.ts';
import type { Json } from '../../lib/json.ts';
import type { ImportedCall } from '../../model/call.ts';
import { importers } from './index.ts';
import type { Importer } from './importer.ts';

const SOMEWHERE = { record: 1, at: { start: 0, length: 0 }, outer: {} };

function tryParse(text: string): Json | undefined {
  try {
    return parseExact(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Reads a stored record once more: the masked text of a call of a format that says all about the call in it. A block of
 * details then holds the text alone, instead of the same headers and bodies twice.
 * Shape: `undefined` when the text cannot be read any more: a mask took the place of a number.
 */
export function rereadRecord(format: string, text: string): ImportedCall | undefined {
  const importer = (importers as readonly Importer[]).find(({ id }) => id === format);
  if (importer === undefined || importer.records === 'document') return undefined;
  const value = importer.records === 'json' ? tryParse(text) : undefined;
  if (importer.records === 'json' && value === undefined) return undefined;
  const made = importer.open({ zoneOffsetMinutes: 0, settings: {} })({ ...SOMEWHERE, text, value });
  return made !== undefined && 'kind' in made && made.kind === 'call' ? made.call : undefined;
}
