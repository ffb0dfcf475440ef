import { open } from 'node:fs/promises';
import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import { describePassedOver } from './archive.ts';
import type { ArchiveItem, ArchiveListing } from './archive.ts';
import { findNameDanger, isResourceFork } from './names.ts';
import { damagedArchive, describeOsError, OPEN_FLAGS, unreadable } from './stream.ts';
import type { Openable } from './stream.ts';
import { parseLongName, parsePaxRecords, parseTarHeader, TAR_BLOCK } from './tar-header.ts';
import type { TarHeader } from './tar-header.ts';

/** What is read from disk to look at headers: several of them where members are small. Units: bytes. */
const WINDOW_BYTES = 32 * 1024;
/** Longest long name or pax header that is read. Units: bytes; names end at 4,096 everywhere. */
export const MAX_EXTENSION_BYTES = 1024 * 1024;
/** Sizes from which on the place of the next header is no number any more. */
const MAX_SIZE = 2 ** 50;

/** Gives stretches of an archive in rising order. */
export interface TarInput {
  /** Fewer bytes than asked for only at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A tar archive on disk: what lies between the headers is not read. Errors: AppError `unreadable` IO_READ. */
export async function tarFile(path: string, name: string): Promise<TarInput> {
  const failed = (error: unknown): never => {
    throw unreadable('IO_READ', `${name}: ${describeOsError(error)}`, error);
  };
  const handle = await open(path, OPEN_FLAGS).catch(failed);
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    async read(at, length) {
      if (at < start || at + length > start + window.length) {
        const buffer = Buffer.alloc(Math.max(length, WINDOW_BYTES));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch(failed);
        start = at;
        window = buffer.subarray(0, bytesRead);
      }
      return window.subarray(at - start, at - start + length);
    },
    close: () => handle.close(),
  };
}

/** A tar archive that is only a stream: read from front to back, whatever is asked for. */
export function tarStream(bytes: Openable): TarInput {
  const iterator = bytes.chunks(() => undefined)[Symbol.asyncIterator]();
  let start = 0;
  let held: Uint8Array = new Uint8Array(0);
  let ended = false;
  return {
    async read(at, length) {
      while (!ended && start + held.length < at + length) {
        const step = await iterator.next();
        if (step.done === true) {
          ended = true;
          break;
        }
        const keep = held.subarray(Math.min(held.length, Math.max(0, at - start)));
        start += held.length - keep.length;
        held = keep.length === 0 ? step.value : Buffer.concat([keep, step.value]);
      }
      return held.subarray(Math.max(0, at - start), Math.max(0, at - start + length));
    },
    async close() {
      await iterator.return?.();
    },
  };
}

/** What a pax header or a long name says about the next member. */
interface Extension {
  name?: string;
  size?: number;
  sparse?: boolean;
}

/**
 * Lists a tar archive member by member, judging each on its own: POSIX, GNU and older writers, pax headers and long names.
 * Shape:  a damaged header costs its member; the archive is searched for the next header block by block. `broken` says when the
 *         archive ends early or holds such a place. Archives joined one after the other are read as one.
 *         `check` is called now and then and may throw to stop.
 * Errors: AppError `damaged-file` ARC_COUNT. `input` is closed in any case.
 * Source: POSIX pax and ustar formats; "Basic Tar Format" and "GNU Extensions" of the GNU tar manual.
 */
export async function listTar(
  input: TarInput,
  name: string,
  toBytes: (offset: number, size: number) => Openable,
  { check, maxMembers }: { readonly check: () => void; readonly maxMembers: number },
): Promise<ArchiveListing> {
  const walk = new TarWalk(input, name, toBytes, maxMembers);
  try {
    await walk.run(check);
    return walk.listing();
  } finally {
    await input.close();
  }
}

/** Lifetime: one pass over one archive. */
class TarWalk {
  readonly #input: TarInput;
  readonly #archive: string;
  readonly #toBytes: (offset: number, size: number) => Openable;
  readonly #maxMembers: number;
  readonly #items: ArchiveItem[] = [];
  #at = 0;
  #members = 0;
  #folders = 0;
  #forks = 0;
  #ended = false;
  #unusedFrom: number | undefined;
  #broken: string | undefined;
  #next: Extension = {};

  constructor(input: TarInput, archive: string, toBytes: (offset: number, size: number) => Openable, maxMembers: number) {
    this.#input = input;
    this.#maxMembers = maxMembers;
    this.#archive = archive;
    this.#toBytes = toBytes;
  }

  listing(): ArchiveListing {
    const unused = this.#unusedFrom;
    return {
      items: this.#items,
      notes: [
        ...describePassedOver(this.#archive, this.#folders, this.#forks),
        ...(unused === undefined ? [] : [`${this.#archive}: what follows the end mark at byte ${String(unused)} was not used.`]),
        ...(this.#ended || this.#broken !== undefined ? [] : [`${this.#archive} has no end mark: it may have been longer.`]),
      ],
      broken: this.#broken,
    };
  }

  async run(check: () => void): Promise<void> {
    let isLost = false;
    for (;;) {
      check();
      const block = await this.#input.read(this.#at, TAR_BLOCK);
      if (block.length === 0) return;
      if (block.length === TAR_BLOCK && block.every((byte) => byte === 0)) {
        // Zeros are no end mark while a header is searched for: they may be content of the lost member.
        if (!isLost) this.#ended = true;
        this.#at += TAR_BLOCK;
        continue;
      }
      const header = block.length < TAR_BLOCK ? undefined : parseTarHeader(block);
      if (header !== undefined) {
        isLost = false;
        await this.#take(header);
        continue;
      }
      // After the end mark there may be anything; before it, a header should stand here.
      if (this.#ended) this.#unusedFrom ??= this.#at;
      else if (!isLost) this.#lose(block.length < TAR_BLOCK ? 'ends inside a header' : 'has a damaged header');
      isLost = true;
      this.#at += TAR_BLOCK;
    }
  }

  #lose(what: string): void {
    this.#next = {};
    this.#broken ??= `${this.#archive}: ${what} at byte ${String(this.#at)}; the member there is lost, later ones were searched for`;
  }

  async #take(header: TarHeader): Promise<void> {
    this.#members += 1;
    if (this.#members > this.#maxMembers)
      throw damagedArchive('ARC_COUNT', `${this.#archive}: more than ${String(this.#maxMembers)} members`, this.#at);
    this.#ended = false;
    this.#at += TAR_BLOCK;
    if ('xXgLK'.includes(header.type)) {
      await this.#extend(header);
      return;
    }
    const next = this.#next;
    this.#next = {};
    let more = header.isExtended;
    while (more) {
      const block = await this.#input.read(this.#at, TAR_BLOCK);
      more = block[504] === 1;
      this.#at += TAR_BLOCK;
    }
    const size = await this.#contentSize(header, next.size ?? header.size);
    const start = this.#at;
    this.#at += Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
    await this.#judge(header, next, start, size);
  }

  /** Links, devices and folders have no content, whatever they state; a hard link may repeat its file's. */
  async #contentSize(header: TarHeader, stated: number): Promise<number> {
    if ('23456'.includes(header.type)) return 0;
    if (header.type !== '1' || stated === 0) return Math.min(stated, MAX_SIZE);
    const after = await this.#input.read(this.#at, TAR_BLOCK);
    return after.length < TAR_BLOCK || after.every((byte) => byte === 0) || parseTarHeader(after) !== undefined ? 0 : stated;
  }

  async #extend(header: TarHeader): Promise<void> {
    const start = this.#at;
    this.#at += Math.ceil(Math.min(header.size, MAX_SIZE) / TAR_BLOCK) * TAR_BLOCK;
    const label = `${this.#archive}!${header.name}`;
    if (header.size > MAX_EXTENSION_BYTES) {
      this.#fail(label, 'ARC_SIZE', `a header of ${String(header.size)} bytes; the limit is ${String(MAX_EXTENSION_BYTES)}`);
      return;
    }
    const bytes = await this.#input.read(start, header.size);
    if (bytes.length < header.size) {
      this.#broken ??= `${this.#archive}: ends inside a header at byte ${String(start + bytes.length)}`;
      return;
    }
    if (header.type === 'L') this.#next.name = parseLongName(bytes);
    if (header.type !== 'x' && header.type !== 'X') return; // the target of a link, or what holds for all members: owners, times
    const records = parsePaxRecords(bytes);
    if (records === undefined) {
      this.#fail(label, 'ARC_DAMAGED', 'a pax header that cannot be read; the member goes by its short name');
      return;
    }
    const path = records.get('GNU.sparse.name') ?? records.get('path');
    const size = records.get('size');
    if (path !== undefined) this.#next.name = path;
    if (size !== undefined && /^\d{1,15}$/.test(size)) this.#next.size = Number(size);
    if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.'))) this.#next.sparse = true;
  }

  async #judge(header: TarHeader, next: Extension, start: number, size: number): Promise<void> {
    const raw = next.name ?? header.name;
    const label = raw.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
    const name = `${this.#archive}!${label}`;
    const isFolder = header.type === '5' || header.type === 'D';
    if (isFolder && (label === '' || findNameDanger(raw) === undefined)) this.#folders += 1;
    else if (header.type === 'V')
      return; // the volume's label
    else if (findNameDanger(raw) !== undefined) this.#fail(name, 'ARC_NAME', findNameDanger(raw) ?? '');
    else if (header.type in LINKS) this.#fail(name, 'ARC_LINK', LINKS[header.type] ?? '');
    else if (header.type === 'S' || next.sparse === true) this.#fail(name, 'ARC_METHOD', 'a sparse file; unpack it with tar');
    else if (header.type === 'M') this.#fail(name, 'ARC_METHOD', 'the rest of a file that began in another volume');
    else if (isResourceFork(label)) this.#forks += 1;
    else this.#items.push({ kind: 'member', name, bytes: await this.#content(name, start, size) });
  }

  /** The member's bytes; where the archive ends early, those that are there, with a warning. */
  async #content(name: string, start: number, size: number): Promise<Openable> {
    if (size === 0) return this.#toBytes(start, 0);
    const last = await this.#input.read(start + size - 1, 1);
    if (last.length === 1) return this.#toBytes(start, size);
    const message = `${name}: the archive ends before the ${String(size)} bytes of this member do`;
    this.#broken ??= `${message}; later members are missing`;
    const there = this.#toBytes(start, size);
    return {
      size: undefined,
      async *chunks(warn) {
        yield* there.chunks(warn);
        warn({ code: 'ARC_DAMAGED', message });
      },
    };
  }

  #fail(name: string, code: IssueCode, why: string): void {
    this.#items.push({ kind: 'failure', name, code, message: `${name}: ${why}` });
  }
}

const LINKS: Readonly<Record<string, string>> = {
  1: 'a hard link; the file that it repeats is read under its own name',
  2: 'a symbolic link',
  3: 'a device',
  4: 'a device',
  6: 'a named pipe',
};
