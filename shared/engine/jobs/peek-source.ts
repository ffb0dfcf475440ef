import { AppError, toAppError } from '../../contract/errors.ts';
import { concatBytes } from '../../lib/bytes.ts';
import type { ByteSource, Digest } from '../ports.ts';

/** How much of a source recognition may see. Units: bytes. */
const HEAD_BYTES = 64 * 1024;

/** A source whose first bytes are known, and that hashes and counts everything read through it. */
export interface PeekedSource {
  readonly head: Uint8Array;
  /** The same bytes from the start up to where they break off, if they do; reads once. */
  readonly source: ByteSource;
  /** Reads what is left unread, so that the hash covers the whole. Errors: why the bytes broke off. */
  drain(): Promise<void>;
  /** Why the bytes broke off, if they have. */
  readonly failure: () => AppError | undefined;
  readonly bytesRead: () => number;
  readonly digest: Digest;
  /** Lets go of the file; nothing can be read any more. */
  close(): Promise<void>;
}

/** True for bytes that cannot be read, as against a cancel or a bug. */
export const isBroken = (thrown: unknown): boolean =>
  thrown instanceof AppError && (thrown.code === 'damaged-file' || thrown.code === 'unreadable');

/** Reads the first 64 KiB and puts them back in front. Errors: a cancel, or a bug; broken bytes throw in `drain` only. */
export async function peekSource(source: ByteSource, digest: Digest, onBytes: (bytes: number) => void): Promise<PeekedSource> {
  const iterator = source.chunks()[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let bytesRead = 0;
  let ended = false;
  let failure: AppError | undefined;
  const next = async (): Promise<Uint8Array | undefined> => {
    if (failure !== undefined) throw failure;
    if (ended) return undefined;
    let step;
    try {
      step = await iterator.next();
    } catch (thrown) {
      failure = toAppError(thrown);
      throw failure;
    }
    if (step.done === true) {
      ended = true;
      return undefined;
    }
    digest.update(step.value);
    bytesRead += step.value.length;
    onBytes(bytesRead);
    return step.value;
  };
  /** The next bytes; broken ones are an end, so that whatever reads them gives out what came before. */
  const nextWhole = async (): Promise<Uint8Array | undefined> => {
    try {
      return await next();
    } catch (thrown) {
      if (isBroken(thrown)) return undefined;
      throw thrown;
    }
  };
  while (size < HEAD_BYTES) {
    const chunk = await nextWhole();
    if (chunk === undefined) break;
    first.push(chunk);
    size += chunk.length;
  }
  const all = concatBytes(first);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (size > 0) yield all;
    for (let chunk = await nextWhole(); chunk !== undefined; chunk = await nextWhole()) yield chunk;
  }
  return {
    head: all.subarray(0, HEAD_BYTES),
    source: { name: source.name, size: source.size, chunks },
    bytesRead: () => bytesRead,
    digest,
    failure: () => failure,
    async close() {
      ended = true;
      await iterator.return?.();
    },
    async drain() {
      while ((await next()) !== undefined);
    },
  };
}
