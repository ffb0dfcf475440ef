import { greatest } from '../../lib/extremes.ts';
import { concatBytes } from '../../lib/bytes.ts';
import type { ByteSource, CryptoPort, Digest } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { isBroken } from './peek-source.ts';

/** How much of a source is kept as a hash from the start of its read, so that it is known again if the read breaks off. Units: bytes. */
const HEAD_BYTES = 64 * 1024;

/** The first bytes of a source. */
export interface SourceHead {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A read in the case that may have been of the same bytes. */
interface Candidate {
  readonly id: number;
  readonly name: string;
  readonly given_name: string;
  readonly state: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly accepted: number;
  readonly head_bytes: number;
  readonly head_sha256: string;
}

/** An earlier read of the same bytes, to be withdrawn before they are read again. */
export interface EarlierRead {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly accepted: number;
}

/** Which earlier reads count: those before this import that broke off; with `replace` those that came to their end, too. */
export interface EarlierScope {
  /** Id of the last source before this import. */
  readonly upTo: number;
  readonly replace: boolean;
  /** Those that no format claimed, too: there is something new to read them by. */
  readonly unclaimed: boolean;
  /** Only these rows, whatever their state. */
  readonly only?: readonly number[] | undefined;
}

const hashOf = (bytes: Uint8Array, crypto: CryptoPort): string => {
  const digest = crypto.sha256();
  digest.update(bytes);
  return digest.hex();
};

/** Reads the first bytes of a source; fewer when it is shorter or cannot be read further. */
export async function readHead(source: ByteSource, crypto: CryptoPort): Promise<SourceHead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source.chunks()) {
      chunks.push(chunk.subarray(0, HEAD_BYTES - size));
      size += Math.min(chunk.length, HEAD_BYTES - size);
      if (size >= HEAD_BYTES) break;
    }
  } catch (thrown) {
    if (!isBroken(thrown)) throw thrown; // the import comes to the same place and says why
  }
  const bytes = concatBytes(chunks);
  return { bytes, sha256: hashOf(bytes, crypto) };
}

function listCandidates(db: SqlDriver, scope: EarlierScope): readonly Candidate[] {
  const columns = 'id, name, given_name, state, sha256, bytes, accepted, head_bytes, head_sha256';
  if (scope.only !== undefined) {
    const row = db.prepare(`SELECT ${columns} FROM source WHERE id = ?`);
    return scope.only.flatMap((id) => row.all<Candidate>(id));
  }
  const states = scope.replace ? "'interrupted', 'failed', 'complete'" : "'interrupted', 'failed'";
  const unclaimed = scope.unclaimed ? "OR (state = 'complete' AND format IS NULL)" : '';
  return db
    .prepare(`SELECT ${columns} FROM source WHERE id <= ? AND (state IN (${states}) ${unclaimed}) ORDER BY id`)
    .all<Candidate>(scope.upTo);
}

/** Digests of the starts of a source, one for each length asked for, and how long the source is. Reads to the longest of them. */
async function digestStarts(
  source: ByteSource,
  lengths: readonly number[],
  crypto: CryptoPort,
  breathe: () => Promise<void>,
): Promise<{ readonly byLength: ReadonlyMap<number, string>; readonly size: number }> {
  const open = new Map<number, Digest>(lengths.map((length) => [length, crypto.sha256()]));
  const longest = greatest(lengths);
  let size = 0;
  try {
    for await (const chunk of source.chunks()) {
      for (const [length, digest] of open) if (size < length) digest.update(chunk.subarray(0, length - size));
      size += chunk.length;
      await breathe();
      if (size > longest) break;
    }
  } catch (thrown) {
    if (!isBroken(thrown)) throw thrown; // what can be read is compared
  }
  return { byLength: new Map([...open].filter(([length]) => length <= size).map(([length, digest]) => [length, digest.hex()])), size };
}

/** The start of the file by which a read is known again: all of it for one that was hashed whole, else what it came to see. */
const startOf = ({ sha256, bytes, head_bytes, head_sha256 }: Candidate): { readonly length: number; readonly sha256: string } =>
  sha256 === '' ? { length: head_bytes, sha256: head_sha256 } : { length: bytes, sha256 };

/**
 * Reads of the same bytes that are in the case already and must not count beside a new one.
 * A read that broke off is known again by the hash of what it came to see. One whose process died has no more than its first bytes for
 * that, so its name must be the same, too.
 */
export async function findEarlierReads(
  db: SqlDriver,
  source: ByteSource,
  head: SourceHead,
  scope: EarlierScope,
  tools: { readonly crypto: CryptoPort; readonly breathe: () => Promise<void> },
): Promise<readonly EarlierRead[]> {
  const { crypto, breathe } = tools;
  const hasName = ({ given_name, name }: Candidate): boolean => (given_name === '' ? name : given_name) === source.name;
  const isWhole = ({ state }: Candidate): boolean => state === 'complete';
  const hasSize = (candidate: Candidate): boolean => !isWhole(candidate) || source.size === undefined || source.size === candidate.bytes;
  /** What the first bytes say already, without reading on. */
  const mayFit = (candidate: Candidate): boolean => {
    const { length, sha256 } = startOf(candidate);
    if (length > head.bytes.length) return head.bytes.length >= HEAD_BYTES;
    return sha256 === '' || hashOf(head.bytes.subarray(0, length), crypto) === sha256;
  };
  const candidates = listCandidates(db, scope).filter((candidate) => hasSize(candidate) && mayFit(candidate));
  const lengths = [...new Set(candidates.map((candidate) => startOf(candidate).length))].filter((length) => length > 0);
  const starts = lengths.length === 0 ? undefined : await digestStarts(source, lengths, crypto, breathe);
  return candidates.filter((candidate) => {
    const { length, sha256 } = startOf(candidate);
    if (length > 0 && starts?.byLength.get(length) !== sha256) return false;
    if (isWhole(candidate)) return length === 0 ? head.bytes.length === 0 : starts?.size === candidate.bytes;
    // A start no longer than its head may be that of other files, too.
    return candidate.sha256 !== '' && length > 0 ? true : length > HEAD_BYTES || hasName(candidate);
  });
}
