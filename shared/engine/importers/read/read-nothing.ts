import type { ByteSource, Imported } from '../importer.ts';
import { toIssue } from './reading.ts';

/** Blanks, and the bytes of byte order marks. */
const isBlankByte = (byte: number): boolean => byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf || byte >= 0xfe;

/**
 * Reads a source and says so when nothing at all came of it: no source with anything in it ends without a call, a specification
 * or an issue, whatever its format passes over.
 */
export async function* sayNothing(
  title: string,
  source: ByteSource,
  read: (source: ByteSource) => AsyncIterable<readonly Imported[]>,
): AsyncGenerator<readonly Imported[]> {
  const seen = { length: 0, isBlank: true };
  const watched: ByteSource = {
    name: source.name,
    size: source.size,
    async *chunks() {
      for await (const chunk of source.chunks()) {
        seen.length += chunk.length;
        if (seen.isBlank) seen.isBlank = chunk.every(isBlankByte);
        yield chunk;
      }
    },
  };
  let isSilent = true;
  for await (const items of read(watched)) {
    if (isSilent) isSilent = items.every(({ kind }) => kind === 'note');
    yield items;
  }
  if (!isSilent || seen.isBlank) return;
  const where = { record: undefined, at: { start: 0, length: seen.length } };
  yield [toIssue('skip', 'NOT_HTTP', `claimed as ${title}, but no record of it was found`, where, '')];
}
