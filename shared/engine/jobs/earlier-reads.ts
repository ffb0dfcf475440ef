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
  /** Only this row, whatever its state. */
  readonly only?: number | undefined;
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
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, sha256: hashOf(bytes, crypto) };
}

function listCandidates(db: SqlDriver, scope: EarlierScope): readonly Candidate[] {
  const columns = 'id, name, given_name, state, sha256, bytes, accepted, head_bytes, head_sha256';
  if (scope.only !== undefined) return db.prepare(`SELECT ${columns} FROM source WHERE id = ?`).all<Candidate>(scope.only);
  const states = scope.replace ? "'interrupted', 'failed', 'complete'" : "'interrupted', 'failed'";
  return db.prepare(`SELECT ${columns} FROM source WHERE id <= ? AND state IN (${states}) ORDER BY id`).all<Candidate>(scope.upTo);
}

/** Digests of the starts of a source, one for each length asked for, and how long the source is. Reads to the longest of them. */
async function digestStarts(
  source: ByteSource,
  lengths: readonly number[],
  crypto: CryptoPort,
  breathe: () => Promise<void>,
): Promise<{ readonly byLength: ReadonlyMap<number, string>; readonly size: number }> {
  const open = new Map<number, Digest>(lengths.map((length) => [length, crypto.sha256()]));
  const longest = Math.max(...lengths);
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

/**
 * Reads of the same bytes that are in the case already and must not count beside a new one.
 * A read that broke off is known again by the hash of what it came to see; one whose process died has no such hash, and is known by its
 * name and its first bytes.
 */
export async function findEarlierReads(
  db: SqlDriver,
  source: ByteSource,
  head: SourceHead,
  scope: EarlierScope,
  tools: { readonly crypto: CryptoPort; readonly breathe: () => Promise<void> },
): Promise<readonly EarlierRead[]> {
  const { crypto, breathe } = tools;
  const hasHead = ({ head_bytes, head_sha256 }: Candidate): boolean =>
    head_sha256 === '' || (head_bytes <= head.bytes.length && hashOf(head.bytes.subarray(0, head_bytes), crypto) === head_sha256);
  const hasName = ({ given_name, name }: Candidate): boolean => (given_name === '' ? name : given_name) === source.name;
  const isWhole = ({ state }: Candidate): boolean => state === 'complete';
  const candidates = listCandidates(db, scope).filter(
    (candidate) => hasHead(candidate) && (!isWhole(candidate) || source.size === undefined || source.size === candidate.bytes),
  );
  /** Nothing was read of it, or its process died: no hash says what it held. */
  const byName = (candidate: Candidate): boolean => candidate.sha256 === '' || candidate.bytes === 0;
  const lengths = new Set(candidates.filter((candidate) => !byName(candidate)).map(({ bytes }) => bytes));
  const starts = lengths.size === 0 ? undefined : await digestStarts(source, [...lengths], crypto, breathe);
  return candidates.filter((candidate) => {
    if (byName(candidate)) return hasName(candidate);
    return starts?.byLength.get(candidate.bytes) === candidate.sha256 && (!isWhole(candidate) || starts.size === candidate.bytes);
  });
}
