import type { ByteSource, Digest } from '../ports.ts';

/** How much of a source recognition may see. Units: bytes. */
const HEAD_BYTES = 64 * 1024;

/** A source whose first bytes are known, and that hashes and counts everything read through it. */
export interface PeekedSource {
  readonly head: Uint8Array;
  /** The same bytes from the start; reads once. */
  readonly source: ByteSource;
  /** Reads what is left unread, so that the hash covers the whole. */
  drain(): Promise<void>;
  readonly bytesRead: () => number;
  readonly digest: Digest;
}

/** Reads the first 64 KiB and puts them back in front. */
export async function peekSource(source: ByteSource, digest: Digest, onBytes: (bytes: number) => void): Promise<PeekedSource> {
  const iterator = source.chunks()[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let bytesRead = 0;
  let ended = false;
  const next = async (): Promise<Uint8Array | undefined> => {
    if (ended) return undefined;
    const step = await iterator.next();
    if (step.done === true) {
      ended = true;
      return undefined;
    }
    digest.update(step.value);
    bytesRead += step.value.length;
    onBytes(bytesRead);
    return step.value;
  };
  while (size < HEAD_BYTES) {
    const chunk = await next();
    if (chunk === undefined) break;
    first.push(chunk);
    size += chunk.length;
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of first) {
    all.set(chunk, at);
    at += chunk.length;
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (size > 0) yield all;
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
  }
  return {
    head: all.subarray(0, HEAD_BYTES),
    source: { name: source.name, size: source.size, chunks },
    bytesRead: () => bytesRead,
    digest,
    async drain() {
      while ((await next()) !== undefined);
    },
  };
}
