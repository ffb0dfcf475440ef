import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { ReachedLimit } from '#shared/contract/intake-review.ts';
import type { ByteSource, ContainerRef, Expanded, ExpandRequest } from '#shared/engine/ports.ts';
import type { ArchiveListing } from './archive.ts';
import { decompressed } from './decompress.ts';
import type { ArchiveLimits } from './limits.ts';
import { compareNames, findNameOddity, isArchiveName, listFolder } from './names.ts';
import type { Spill, UnpackBudget } from './spill.ts';
import { describeOsError, fileBytes, findForeignPacker, inspectPath, readHead, sniffPacking, stretchOf } from './stream.ts';
import type { Compression, Openable, StreamWarning } from './stream.ts';
import { listTar, tarFile, tarStream } from './tar.ts';
import { canOpenZip, listZip } from './zip.ts';

/** What is looked at to tell archives from plain files. Units: bytes. */
const SNIFF_BYTES = 4096;
/** Archives around a source that are opened: one, and one inside it. Compression around them does not count. */
export const MAX_ARCHIVES = 2;

interface PlannedSource {
  readonly kind: 'source';
  readonly name: string;
  readonly bytes: Openable;
  readonly container: ContainerRef | undefined;
  readonly format: string | undefined;
  readonly isPacked: boolean;
  readonly warnings: readonly StreamWarning[];
}

type Planned = PlannedSource | Extract<Expanded, { kind: 'failure' }>;

/** What is known about a place inside of a path. */
interface Place {
  readonly name: string;
  /** The file on disk, once there is something inside of it. */
  readonly container: ContainerRef | undefined;
  /** Format that the user named. */
  readonly format: string | undefined;
  /** Archives around it. */
  readonly archives: number;
}

export interface PlanTools {
  /** Errors: AppError `cancelled`. */
  readonly check: () => void;
  readonly spill: Spill;
  readonly budget: UnpackBudget;
  readonly only: ((name: string) => boolean) | undefined;
  /** Looks without hashing what sources are inside of. */
  readonly isLook: boolean;
  readonly limits: ArchiveLimits;
  readonly onBytes: (name: string, bytes: number) => void;
}

/** Gathers what paths expand to. Lifetime: one import. */
export class Plan {
  readonly #tools: PlanTools;
  readonly #items: Planned[] = [];

  constructor(tools: PlanTools) {
    this.#tools = tools;
  }

  /** What is only looked at is not hashed. */
  get #hashes(): boolean {
    return this.#tools.only === undefined && !this.#tools.isLook;
  }

  get #walk(): { readonly check: () => void; readonly maxMembers: number } {
    return { check: this.#tools.check, maxMembers: this.#tools.limits.members };
  }

  async add(request: ExpandRequest): Promise<void> {
    // Resolved first, so that "." and "logs/" have a base name.
    const name = request.name ?? basename(resolve(request.path));
    await this.#addPath(request.path, { name, container: undefined, format: request.format, archives: 0 });
  }

  /** All items under their final names, sorted. */
  async finish(): Promise<readonly Planned[]> {
    if (this.#tools.isLook) this.#foretellSize();
    const byName = new Map<string, PlannedSource[]>();
    for (const item of this.#items) {
      if (item.kind !== 'source') continue;
      const group = byName.get(item.name);
      if (group === undefined) byName.set(item.name, [item]);
      else group.push(item);
    }
    const taken = new Set(byName.keys());
    const renamed = new Map<Planned, string>();
    for (const [name, group] of byName) {
      if (group.length === 1) continue;
      // Only here must the content be known before the name: the order of the paths must not decide.
      const hashed = [];
      for (const item of group) hashed.push({ item, hash: await hashOrNothing(item.bytes) });
      hashed.sort((a, b) => compareNames(a.hash, b.hash));
      let number = 2;
      for (const { item } of hashed.slice(1)) {
        while (taken.has(`${name}~${String(number)}`)) number += 1;
        const unique = `${name}~${String(number)}`;
        taken.add(unique);
        renamed.set(item, unique);
      }
    }
    return this.#items.map((item) => toNamed(item, renamed.get(item))).sort((a, b) => compareNames(a.name, b.name));
  }

  async #addPath(path: string, place: Place): Promise<void> {
    this.#tools.check();
    const { name } = place;
    const found = await inspectPath(path, name);
    if (!('stats' in found)) {
      this.#fail(name, 'IO_READ', found.message);
      return;
    }
    if (!found.stats.isDirectory()) {
      await this.#attempt(name, () => this.#addFile(path, found.stats, place));
      return;
    }
    for (const child of await listFolder(path)) {
      if (typeof child === 'string') await this.#addPath(join(path, child), { ...place, name: `${name}/${child}` });
      else this.#fail(name, 'IO_READ', `${name}: ${describeOsError(child)}`);
    }
  }

  async #addFile(path: string, stats: Stats, place: Place): Promise<void> {
    const { name } = place;
    const bytes = fileBytes(path, name, stats);
    const head = await readHead(fileBytes(path, name, stats, 0, SNIFF_BYTES), SNIFF_BYTES);
    const packing = sniffPacking(head);
    const isPrefixedZip = packing === 'plain' && /\.zip$/i.test(name) && (await canOpenZip(path));
    if (packing === 'plain' && !isPrefixedZip) {
      this.#addPlain(bytes, head, place);
      return;
    }
    const sha256 = this.#hashes ? await hashBytes(this.#watched(bytes, name)) : '';
    const inside: Place = { ...place, container: { name, sha256, bytes: stats.size } };
    if (packing === 'zip' || isPrefixedZip) await this.#addZip(path, inside);
    else if (packing === 'tar') await this.#addTar(path, inside);
    else if (packing !== 'plain') await this.#addCompressed(bytes, packing, inside);
  }

  #addPlain(bytes: Openable, head: Uint8Array, place: Place): void {
    const { name, container, format } = place;
    if (this.#tools.only?.(name) === false) return;
    const packer = findForeignPacker(head);
    if (packer !== undefined) {
      this.#fail(name, 'ARC_METHOD', `${name}: packed by ${packer}, which is not read; unpack it and import the result`);
      return;
    }
    const isPacked = container !== undefined;
    const oddity = isPacked ? findNameOddity(name) : undefined;
    const warnings: StreamWarning[] = oddity === undefined ? [] : [{ code: 'ARC_NAME', message: `${name}: ${oddity}` }];
    this.#items.push({ kind: 'source', name, bytes, container, format, isPacked, warnings });
  }

  async #addZip(path: string, place: Place): Promise<void> {
    await this.#addMembers(await listZip(path, place.name, await stat(path), this.#tools.limits), place);
  }

  async #addTar(path: string, place: Place): Promise<void> {
    const { name } = place;
    const stats = await stat(path);
    const input = await tarFile(path, name);
    const listing = await listTar(input, name, (start, size) => fileBytes(path, name, stats, start, size), this.#walk);
    await this.#addMembers(listing, place);
  }

  async #addMembers(listing: ArchiveListing, place: Place): Promise<void> {
    // Where the compression around it broke off, that was the reason.
    const isKnown = this.#items.some((item) => item.kind === 'failure' && item.name === place.name);
    if (listing.broken !== undefined && !isKnown) this.#fail(place.name, 'ARC_DAMAGED', listing.broken);
    const inside = withNotes({ ...place, archives: place.archives + 1 }, listing.notes);
    for (const item of listing.items) {
      this.#tools.check();
      if (item.kind === 'failure') this.#fail(item.name, item.code, item.message);
      else await this.#attempt(item.name, () => this.#addMember(item.bytes, { ...inside, name: item.name }));
    }
  }

  async #addMember(bytes: Openable, place: Place): Promise<void> {
    const { name } = place;
    if (this.#tools.only?.(name) === false && !isArchiveName(name)) return;
    const head = await readHead(bytes, SNIFF_BYTES);
    const packing = sniffPacking(head);
    if (packing === 'plain') this.#addPlain(bytes, head, place);
    else if (packing === 'zip' || packing === 'tar') await this.#addInner(bytes, packing, await this.#noted(bytes, place));
    else await this.#addCompressed(bytes, packing, await this.#noted(bytes, place));
  }

  /** A lone compressed file keeps its own name. What is compressed twice is not unpacked further. */
  async #addCompressed(packed: Openable, compression: Compression, place: Place): Promise<void> {
    const { name } = place;
    const bytes = decompressed(packed, compression, name, this.#tools.limits.ratio);
    const head = await readHead(bytes, SNIFF_BYTES);
    const inner = sniffPacking(head);
    if (inner === 'plain') this.#addPlain(bytes, head, place);
    else if (inner === 'zip' || inner === 'tar') await this.#addInner(bytes, inner, place);
    else this.#fail(name, 'ARC_NESTED', `${name}: compressed twice; unpack it once and import the result`);
  }

  /** An archive that is no file of its own is unpacked into one: a zip is read from its end, and tar members in any order. */
  async #addInner(bytes: Openable, kind: 'zip' | 'tar', place: Place): Promise<void> {
    const { name } = place;
    if (place.archives >= MAX_ARCHIVES) {
      this.#fail(name, 'ARC_NESTED', `${name}: an archive in an archive in an archive; unpack the outer ones and import the rest`);
      return;
    }
    if (kind === 'tar' && !this.#hashes) {
      const toBytes = (start: number, size: number): Openable => stretchOf(bytes, start, size);
      await this.#addMembers(await listTar(tarStream(this.#watched(bytes, name)), name, toBytes, this.#walk), place);
      return;
    }
    const warnings: StreamWarning[] = [];
    const chunks = this.#watched(bytes, name).chunks((warning) => warnings.push(warning));
    const path = await this.#tools.spill.write(counted(chunks, name, this.#tools.budget), name);
    for (const warning of warnings) if (warning.isCut === true) this.#fail(name, warning.code, warning.message);
    const doubts = warnings.filter((warning) => warning.isCut !== true).map((warning) => `${warning.message}.`);
    const inside = withNotes(place, doubts);
    await (kind === 'zip' ? this.#addZip(path, inside) : this.#addTar(path, inside));
  }

  /** The place inside of something packed that is itself a member: the case keeps its hash as well. */
  async #noted(bytes: Openable, place: Place): Promise<Place> {
    if (!this.#hashes) return place;
    let length = 0;
    const sha256 = await hashBytes(this.#watched(bytes, place.name, (size) => (length = size)));
    return withNotes(place, [`Unpacked from ${place.name}, ${String(length)} bytes, SHA-256 ${sha256}.`]);
  }

  /** Bytes that are read before the first source is given out: stops on request, and tells how far it is. */
  #watched(bytes: Openable, name: string, onBytes?: (length: number) => void): Openable {
    const { check, onBytes: tell } = this.#tools;
    return {
      size: bytes.size,
      async *chunks(warn) {
        let length = 0;
        for await (const chunk of bytes.chunks(warn)) {
          check();
          length += chunk.length;
          tell(name, length);
          onBytes?.(length);
          yield chunk;
        }
      },
    };
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

  #limitOf(code: string): ReachedLimit | undefined {
    const { members, ratio } = this.#tools.limits;
    if (code === 'ARC_COUNT') return { name: 'members', value: members };
    return code === 'ARC_RATIO' ? { name: 'ratio', value: ratio } : undefined;
  }

  /** What archives say that they unpack to, where it is more than one import may: told before it is read. */
  #foretellSize(): void {
    const { unpackedBytes } = this.#tools.limits;
    const packed = this.#items.flatMap((item) => (item.kind === 'source' && item.isPacked ? [item.bytes.size ?? 0] : []));
    const total = packed.reduce((sum, size) => sum + size, 0);
    if (total <= unpackedBytes) return;
    const message = `all archives together unpack to ${String(total)} bytes; the limit is ${String(unpackedBytes)}`;
    this.#items.push({
      kind: 'failure',
      name: 'archives',
      code: 'ARC_SIZE',
      message,
      limit: { name: 'unpackedBytes', value: unpackedBytes },
    });
  }

  #fail(name: string, code: string, message: string): void {
    if (this.#tools.only === undefined) this.#items.push({ kind: 'failure', name, code, message, limit: this.#limitOf(code) });
  }
}

/** What the import is handed for an item. Bytes out of archives count against the budget, once however often they are read. */
export function toExpanded(item: Planned, budget: UnpackBudget, isLook: boolean): Expanded {
  if (item.kind === 'failure') return item;
  const { bytes, name, container, format, isPacked } = item;
  const warnings = new Map(item.warnings.map((warning) => [warning.message, warning]));
  let counted = 0;
  const source: ByteSource = {
    name,
    size: bytes.size,
    async *chunks() {
      let produced = 0;
      for await (const chunk of bytes.chunks((warning) => warnings.set(warning.message, warning))) {
        produced += chunk.length;
        if (isPacked && produced > counted) {
          budget.add(produced - counted, name);
          counted = produced;
        }
        yield chunk;
      }
    },
    warnings: () => [...warnings.values()],
    ...(bytes.last === undefined ? {} : { last: bytes.last }),
  };
  return { kind: 'source', source, container: container?.sha256 === '' && !isLook ? undefined : container, format };
}

/** A renamed member says so: its own name is another's. */
function toNamed(item: Planned, name: string | undefined): Planned {
  if (name === undefined || item.kind !== 'source') return item;
  if (!item.isPacked) return { ...item, name };
  const warning: StreamWarning = {
    code: 'ARC_NAME',
    message: `${name}: another member is called ${item.name} too; all are kept, numbered`,
  };
  return { ...item, name, warnings: [...item.warnings, warning] };
}

function withNotes(place: Place, notes: readonly string[]): Place {
  const { container } = place;
  if (notes.length === 0 || container === undefined) return place;
  return { ...place, container: { ...container, notes: [...(container.notes ?? []), ...notes] } };
}

async function* counted(chunks: AsyncIterable<Uint8Array>, name: string, budget: UnpackBudget): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    budget.add(chunk.length, name);
    yield chunk;
  }
}

async function hashBytes(bytes: Openable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes.chunks(() => undefined)) hash.update(chunk);
  return hash.digest('hex');
}

/** The hash, or nothing where the bytes cannot be read: that fails again, with its reason, when they are. */
async function hashOrNothing(bytes: Openable): Promise<string> {
  try {
    return await hashBytes(bytes);
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
