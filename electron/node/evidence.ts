import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/contract/errors.ts';
import type { ByteSource, ContainerRef, EvidencePort, Expanded, ExpandRequest } from '#shared/engine/ports.ts';
import { compareNames } from './evidence-names.ts';
import { damagedArchive, decompressed, describeOsError, fileBytes, inspectPath, readHead, sniffPacking } from './evidence-stream.ts';
import type { Compression, Openable, StreamWarning } from './evidence-stream.ts';
import { canOpenZip, listZip } from './evidence-zip.ts';

/** What is looked at to tell archives from plain files. Units: bytes. */
const SNIFF_BYTES = 4096;
/** Everything unpacked in one import. Units: bytes; 50 GB. */
const MAX_UNPACKED_BYTES = 50 * 1024 ** 3;
/** Archives inside archives that are opened. */
const MAX_NESTING = 1;

interface PlannedSource {
  readonly kind: 'source';
  readonly name: string;
  readonly bytes: Openable;
  readonly container: ContainerRef | undefined;
  readonly format: string | undefined;
}

type Planned = PlannedSource | Extract<Expanded, { kind: 'failure' }>;

export interface EvidenceOptions {
  /** Where archives inside archives are unpacked to while they are read. */
  readonly tempRoot?: string;
  readonly maxUnpackedBytes?: number;
}

/**
 * Evidence on this machine's disks.
 * Shape:  everything is looked at before the first source is given out, so that names do not depend on the order of paths; sources
 *         come sorted by name. A source can be read until the next one after the last was asked for: unpacked archives are deleted then.
 */
export function createEvidencePort(options: EvidenceOptions = {}): EvidencePort {
  return {
    async size(requests) {
      let total = 0;
      for (const request of requests) total += await sizeOnDisk(request.path);
      return total;
    },
    async *expand(requests, signal) {
      const plan = new Plan(signal, options);
      try {
        for (const request of requests) await plan.add(request);
        for (const item of await plan.finish()) {
          plan.check();
          yield item.kind === 'failure'
            ? item
            : { kind: 'source', source: plan.toByteSource(item), container: item.container, format: item.format };
        }
      } finally {
        await plan.close();
      }
    },
  };
}

/** The port with its defaults, as every host uses it. */
export const nodeEvidence: EvidencePort = createEvidencePort();

/** Bytes of a file or of all files under a folder; what cannot be looked at counts as nothing, `expand` reports it. */
async function sizeOnDisk(path: string): Promise<number> {
  const found = await inspectPath(path, path);
  if (!('stats' in found)) return 0;
  if (!found.stats.isDirectory()) return found.stats.size;
  let total = 0;
  for (const child of await listFolder(path)) total += typeof child === 'string' ? await sizeOnDisk(join(path, child)) : 0;
  return total;
}

/** Names in a folder, sorted; an Error instead of names when it cannot be listed. */
async function listFolder(path: string): Promise<readonly (string | Error)[]> {
  try {
    return (await readdir(path)).sort(compareNames);
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

/** Gathers what paths expand to. Lifetime: one import; `close` deletes what was unpacked. */
class Plan {
  readonly #signal: AbortSignal;
  readonly #options: EvidenceOptions;
  readonly #items: Planned[] = [];
  #tempFolder: string | undefined;
  #spilled = 0;
  #unpacked = 0;

  constructor(signal: AbortSignal, options: EvidenceOptions) {
    this.#signal = signal;
    this.#options = options;
  }

  /** Errors: AppError `cancelled`. */
  check(): void {
    if (this.#signal.aborted)
      throw this.#signal.reason instanceof AppError ? this.#signal.reason : new AppError('cancelled', 'cancelled on request');
  }

  async add(request: ExpandRequest): Promise<void> {
    // Resolved first, so that "." and "logs/" have a base name.
    await this.#addPath(request.path, request.name ?? basename(resolve(request.path)), request.format);
  }

  /** All items under their final names, sorted. */
  async finish(): Promise<readonly Planned[]> {
    const byName = new Map<string, PlannedSource[]>();
    for (const item of this.#items) {
      if (item.kind === 'source') byName.set(item.name, [...(byName.get(item.name) ?? []), item]);
    }
    const taken = new Set(byName.keys());
    const renamed = new Map<Planned, string>();
    for (const [name, group] of byName) {
      if (group.length === 1) continue;
      // Only here must the content be known before the name: the order of the paths must not decide.
      const hashed = await Promise.all(group.map(async (item) => ({ item, hash: await this.#hash(item) })));
      hashed.sort((a, b) => compareNames(a.hash, b.hash));
      let number = 2;
      for (const { item } of hashed.slice(1)) {
        while (taken.has(`${name}~${String(number)}`)) number += 1;
        const unique = `${name}~${String(number)}`;
        taken.add(unique);
        renamed.set(item, unique);
      }
    }
    return this.#items.map((item) => ({ ...item, name: renamed.get(item) ?? item.name })).sort((a, b) => compareNames(a.name, b.name));
  }

  toByteSource(item: PlannedSource): ByteSource {
    const { bytes, name } = item;
    const warnings = new Map<string, StreamWarning>();
    const limit = this.#options.maxUnpackedBytes ?? MAX_UNPACKED_BYTES;
    const count = (length: number): void => {
      if (item.container === undefined) return;
      this.#unpacked += length;
      if (this.#unpacked > limit)
        throw damagedArchive('ARC_SIZE', `${name}: all archives together unpack to more than ${String(limit)} bytes`, 0);
    };
    return {
      name,
      size: bytes.size,
      async *chunks() {
        for await (const chunk of bytes.chunks((warning) => warnings.set(warning.message, warning))) {
          count(chunk.length);
          yield chunk;
        }
      },
      warnings: () => [...warnings.values()],
    };
  }

  async close(): Promise<void> {
    if (this.#tempFolder !== undefined) await rm(this.#tempFolder, { recursive: true, force: true });
  }

  async #addPath(path: string, name: string, format: string | undefined): Promise<void> {
    this.check();
    const found = await inspectPath(path, name);
    if (!('stats' in found)) {
      this.#fail(name, 'IO_READ', found.message);
      return;
    }
    if (found.stats.isDirectory()) {
      for (const child of await listFolder(path)) {
        if (typeof child === 'string') await this.#addPath(join(path, child), `${name}/${child}`, format);
        else this.#fail(name, 'IO_READ', `${name}: ${describeOsError(child)}`);
      }
      return;
    }
    const bytes = fileBytes(path, name, found.stats);
    await this.#attempt(name, async () => {
      const packing = sniffPacking(await readHead(bytes, SNIFF_BYTES));
      const prefixed = packing === 'plain' && /\.zip$/i.test(name) && (await canOpenZip(path));
      if (packing === 'plain' && !prefixed) {
        this.#items.push({ kind: 'source', name, bytes, container: undefined, format });
        return;
      }
      const container: ContainerRef = { name, sha256: await hashBytes(bytes), bytes: found.stats.size };
      if (packing === 'zip' || prefixed) await this.#addZip(path, name, container, format, 0);
      else if (packing !== 'plain') await this.#addPacked(bytes, packing, name, container, format);
    });
  }

  async #addZip(path: string, name: string, container: ContainerRef, format: string | undefined, depth: number): Promise<void> {
    const listing = await listZip(path, name, await stat(path));
    const described: ContainerRef =
      listing.notes.length === 0 ? container : { ...container, notes: [...(container.notes ?? []), ...listing.notes] };
    for (const item of listing.items) {
      this.check();
      if (item.kind === 'failure') this.#fail(item.name, item.code, item.message);
      else await this.#attempt(item.name, () => this.#addMember(item.bytes, item.name, described, format, depth));
    }
  }

  async #addMember(bytes: Openable, name: string, container: ContainerRef, format: string | undefined, depth: number): Promise<void> {
    const packing = sniffPacking(await readHead(bytes, SNIFF_BYTES));
    if (packing === 'plain') this.#items.push({ kind: 'source', name, bytes, container, format });
    else if (packing !== 'zip') await this.#addPacked(bytes, packing, name, container, format);
    else if (depth >= MAX_NESTING)
      this.#fail(name, 'ARC_NESTED', `${name}: an archive in an archive in an archive; unpack the outer ones and import the rest`);
    else await this.#addZip(await this.#spill(bytes, name), name, container, format, depth + 1);
  }

  /** A lone compressed file keeps its own name. What is packed twice, or is an archive inside, is not unpacked further. */
  async #addPacked(
    packed: Openable,
    compression: Compression,
    name: string,
    container: ContainerRef,
    format: string | undefined,
  ): Promise<void> {
    const bytes = decompressed(packed, compression, name);
    const inner = sniffPacking(await readHead(bytes, SNIFF_BYTES));
    if (inner === 'plain') this.#items.push({ kind: 'source', name, bytes, container, format });
    else
      this.#fail(
        name,
        'ARC_NESTED',
        `${name}: ${inner === 'zip' ? 'an archive' : 'a compressed file'} inside a compressed file; unpack it once and import the result`,
      );
  }

  /** Writes an inner archive to a file of its own, since a zip is read from its end. */
  async #spill(bytes: Openable, name: string): Promise<string> {
    this.#tempFolder ??= await mkdtemp(join(this.#options.tempRoot ?? tmpdir(), 'spoor-'));
    this.#spilled += 1;
    const path = join(this.#tempFolder, `${String(this.#spilled)}.zip`);
    const source = this.toByteSource({ kind: 'source', name, bytes, container: { name, sha256: '', bytes: 0 }, format: undefined });
    // Not executable and not readable by others: it is evidence.
    await pipeline(source.chunks(), createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal: this.#signal });
    return path;
  }

  async #hash(item: PlannedSource): Promise<string> {
    try {
      return await hashBytes(item.bytes);
    } catch (error) {
      if (error instanceof AppError) return ''; // it will fail again, with its reason, when it is read
      throw error;
    }
  }

  /** An expected failure of one item becomes its line; the others go on. */
  async #attempt(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      const { code } = error.details;
      this.#fail(name, typeof code === 'string' ? code : 'IO_READ', error.message);
    }
  }

  #fail(name: string, code: string, message: string): void {
    this.#items.push({ kind: 'failure', name, code, message });
  }
}

async function hashBytes(bytes: Openable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes.chunks(() => undefined)) hash.update(chunk);
  return hash.digest('hex');
}
