import type { RaisedLimits, ReachedLimit } from '../contract/intake-review.ts';
import type { OpenSecondAsker } from './detectors/asking/second-asker.ts';
import type { ReaderThreads } from './reading/protocol.ts';
import type { SqlDriver } from './store/driver.ts';

/**
 * What the engine is handed by its host: it imports no platform itself. `electron/node` implements these.
 */

/** A keyed or plain hash that takes bytes piece by piece. */
export interface Digest {
  /** A text counts as its UTF-8 bytes. */
  update(data: Uint8Array | string): void;
  hex(): string;
}

export interface CryptoPort {
  sha256(): Digest;
  sha256Hex(text: string): string;
  /** HMAC-SHA-256 of the text's UTF-8 bytes, hex, 64 digits. */
  hmacHex(key: Uint8Array, text: string): string;
  randomBytes(count: number): Uint8Array;
  /**
   * Whether a signature over `data` was made with the private half of a public key.
   * Shape: `jwk` holds the members of the key alone; `alg` names an algorithm of RFC 9421 section 6.2. False also for a key or algorithm that cannot be used.
   */
  verify(jwk: Readonly<Record<string, string>>, alg: string, data: Uint8Array, signature: Uint8Array): boolean;
  /**
   * Whether the signature of a token over `data` was made with the private half of a public key.
   * Shape: as `verify`, with `alg` of RFC 7518 section 3.1 or RFC 8037. For HS256, HS384 and HS512 whether it was made with the *text* of the
   *        public key as shared secret, which only a forger does.
   */
  verifyToken(jwk: Readonly<Record<string, string>>, alg: string, data: Uint8Array, signature: Uint8Array): boolean;
}

/** Fast compression of blocks of 64 KiB or so (zstd). */
export interface CodecPort {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array;
}

/** Bytes of one source, read once from front to back, after decompression. */
export interface ByteSource {
  /** Stable name, as in `a.zip!b.log`; a label, never a path to open. */
  readonly name: string;
  /** Size when it is known before reading. Units: bytes after decompression. */
  readonly size: number | undefined;
  /** Reads from the front; may be called again, for a hash before the import. */
  chunks(): AsyncIterable<Uint8Array>;
  /** What was doubtful about the bytes (a wrong checksum, bytes after the end); complete once `chunks()` has ended. */
  readonly warnings?: (() => readonly { readonly code: string; readonly message: string }[]) | undefined;
  /** The last bytes, `most` or fewer; only where they can be read without all that stands before. Errors: as those of `chunks`. */
  readonly last?: ((most: number) => Promise<Uint8Array>) | undefined;
}

/** The archive or compressed file that a source was inside of. */
export interface ContainerRef {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** What was passed over in it (folders, resource forks), and the archives inside it that the source was in, with their hashes. */
  readonly notes?: readonly string[] | undefined;
}

/** What a path on the command line or a drop expands to. */
export type Expanded =
  | {
      readonly kind: 'source';
      readonly source: ByteSource;
      readonly container: ContainerRef | undefined;
      readonly format: string | undefined;
    }
  | {
      readonly kind: 'failure';
      readonly name: string;
      readonly code: string;
      readonly message: string;
      readonly limit?: ReachedLimit | undefined;
    };

export interface ExpandRequest {
  readonly path: string;
  readonly name?: string | undefined;
  readonly format?: string | undefined;
}

export interface ExpandOptions {
  /**
   * Gives only the sources of these names, for a quick look before the import: no container is hashed (sources have none), and
   * members of other names are not opened unless their names say that they are archives. Failures are left to the import.
   */
  readonly only?: ((name: string) => boolean) | undefined;
  /** A look at everything before an import: as without it, but no container is hashed (`sha256` is empty). */
  readonly look?: boolean | undefined;
  /** Limits that were raised for this import. */
  readonly limits?: RaisedLimits | undefined;
  /** Called while a container is hashed or unpacked, which may take minutes: the count of its bytes so far. */
  readonly onBytes?: ((name: string, bytes: number) => void) | undefined;
  /** Called before the first source with all that will be given out. Units: bytes after decompression, where they are known. */
  readonly onPlanned?: ((sources: readonly Pick<ByteSource, 'name' | 'size'>[]) => void) | undefined;
}

/** Turns paths into sources: walks folders, looks into zip, tar, gz and zst by content, names them as `design/cli.md` says. */
export interface EvidencePort {
  /** Bytes on disk of all paths together, for progress. */
  size(requests: readonly ExpandRequest[]): Promise<number>;
  expand(requests: readonly ExpandRequest[], signal: AbortSignal, options?: ExpandOptions): AsyncIterable<Expanded>;
}

/** A file that the engine writes an export to: complete under its name, or absent. */
export interface OutputFile {
  write(text: string): void;
  writeBytes(bytes: Uint8Array): void;
  /** Syncs, renames into place; gives the size and SHA-256 of what was written. */
  commit(): Promise<{ readonly bytes: number; readonly sha256: string }>;
  abandon(): void;
}

/** A zip that is written file by file: complete under its name, or absent. */
export interface ZipOutput {
  /** The next file of it. Each is committed before the next is opened. Shape: `name` with `/` between folders. */
  open(name: string): OutputFile;
  /** Writes the zip and gives its size and SHA-256. */
  commit(): Promise<{ readonly bytes: number; readonly sha256: string }>;
  abandon(): void;
}

/** A case file for a while, that nobody else sees. */
export interface ScratchCase {
  /** Free: nothing is there yet. */
  readonly path: string;
  /** Opens the file for writing, a new one where there is none, and leaves one that is whole in itself. */
  readonly work: <T>(run: (db: SqlDriver) => Promise<T>) => Promise<T>;
  /** The bytes of the file, to be handed on: plain, also where the case is encrypted. The last that is done with it. */
  readonly read: () => Iterable<Uint8Array>;
  readonly remove: () => void;
}

export interface EnginePorts {
  readonly crypto: CryptoPort;
  readonly codec: CodecPort;
  readonly evidence: EvidencePort;
  /** Threads that read evidence; left out, the thread that writes reads, too. */
  readonly readers?: ReaderThreads | undefined;
  /** A thread that asks every other detector of a large case; left out, the thread of the analysis asks them all. */
  readonly openSecondAsker?: OpenSecondAsker | undefined;
  readonly openOutput: (path: string) => OutputFile;
  /** A file of an export that is a folder, its name with `/` between folders, which are made. */
  readonly openInFolder: (folder: string, name: string) => OutputFile;
  readonly openZip: (path: string) => ZipOutput;
  readonly openScratch: () => ScratchCase;
  readonly version: string;
  /** The time of day, ISO 8601 in UTC: for the log of the analyst's changes and nothing else, least of all a report. */
  readonly now: () => string;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Lets other events of the process in: messages, a cancel. */
  readonly yieldToEvents: () => Promise<void>;
}
