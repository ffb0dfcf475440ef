import { concatBytes } from '../../../lib/bytes.ts';
import type { ByteSource, ReadContext } from '../importer.ts';
import { checkCancelled, damaged } from './reading.ts';

/** Largest description or collection that is read; the largest public ones have about 15 MB. Units: bytes. */
export const MAX_SPEC_BYTES = 64 * 1024 * 1024;

/** A whole source in memory, for documents that refer to themselves. Errors: AppError `damaged-file` SPEC_SIZE above 64 MB. */
export async function readAllBytes(source: ByteSource, context: ReadContext): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    checkCancelled(context.signal);
    length += chunk.length;
    if (length > MAX_SPEC_BYTES)
      damaged('SPEC_SIZE', `${source.name}: more than ${String(MAX_SPEC_BYTES)} bytes; the limit for API descriptions`, 0);
    parts.push(chunk.slice());
    context.onBytes(length);
  }
  return concatBytes(parts);
}
