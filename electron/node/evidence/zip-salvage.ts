import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { ArchiveItem, ArchiveListing } from './archive.ts';
import { describePassedOver } from './archive.ts';
import { decompressed } from './decompress.ts';
import type { ArchiveLimits } from './limits.ts';
import { findNameDanger, isResourceFork } from './names.ts';
import { damagedArchive, fileBytes, OPEN_FLAGS } from './stream.ts';
import type { Openable } from './stream.ts';
import { isEncrypted, memberName, refusal, STORED } from './zip-member.ts';

/** Fixed part of a member's own header (APPNOTE 4.3.7). Units: bytes. */
const HEADER_BYTES = 30;
/** What is searched at a time. Units: bytes. */
const SEARCH_BYTES = 1024 * 1024;
/** A size that stands in the Zip64 field instead (APPNOTE 4.5.3). */
const IN_ZIP64 = 0xffff_ffff;
/** General purpose bit 3: sizes and checksum follow the data (APPNOTE 4.4.4). */
const SIZES_FOLLOW = 8;
const MEMBER_MARK = Buffer.from('PK\x03\x04', 'latin1');
const DESCRIPTOR_MARK = Buffer.from('PK\x07\x08', 'latin1');

/** A member as its own header tells it. Units: bytes. */
interface LooseMember {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly dataAt: number;
  /** End of what is there of its data. */
  readonly dataEnd: number;
  /** The data goes beyond the end of the file. */
  readonly isCut: boolean;
  readonly crc: number | undefined;
}

/**
 * What a zip still holds whose directory cannot be read, because it was cut short or overwritten: its members one after the other, by
 * the header in front of each. The last one may break off and gives what is there. Time: one pass over the file.
 * Errors: AppError `damaged-file` ARC_DAMAGED when no member is found, ARC_COUNT.
 */
export async function salvageZip(path: string, name: string, stats: Stats, limits: ArchiveLimits): Promise<ArchiveListing> {
  const items: ArchiveItem[] = [];
  let folders = 0;
  let forks = 0;
  const file = await open(path, OPEN_FLAGS);
  try {
    for await (const member of looseMembers(file, stats.size)) {
      if (member.name.endsWith('/') && findNameDanger(member.name) === undefined) folders += 1;
      else if (isResourceFork(member.name)) forks += 1;
      else items.push(toItem(member, { path, name, stats, maxRatio: limits.ratio }));
      if (items.length > limits.members) {
        throw damagedArchive('ARC_COUNT', `${name}: more than ${String(limits.members)} members, which is the limit`, 0);
      }
    }
  } finally {
    await file.close();
  }
  if (items.length + folders + forks === 0) {
    throw damagedArchive('ARC_DAMAGED', `${name}: its directory cannot be read, and no member was found without it`, 0);
  }
  const found = items.length === 1 ? 'the 1 member' : `the ${String(items.length)} members`;
  return {
    items,
    notes: describePassedOver(name, folders, forks),
    broken: `${name}: its directory cannot be read, as when a copy breaks off; ${found} whose own headers are there were taken, others may be missing`,
  };
}

/** The archive that a member lies in. */
interface Around {
  readonly path: string;
  readonly name: string;
  readonly stats: Stats;
  readonly maxRatio: number;
}

function toItem(member: LooseMember, archive: Around): ArchiveItem {
  const name = `${archive.name}!${member.name}`;
  const refused = refusal(member.name, { isEncrypted: isEncrypted(member.flags), method: member.method });
  if (refused !== undefined) return { kind: 'failure', name, code: refused.code, message: `${name}: ${refused.message}` };
  const raw = fileBytes(archive.path, name, archive.stats, member.dataAt, member.dataEnd - member.dataAt);
  const unpacked = member.method === STORED ? raw : decompressed(raw, 'deflate', name, archive.maxRatio);
  return { kind: 'member', name, bytes: judged(unpacked, member, name) };
}

/** The same bytes, with a doubt where they break off or are not the ones that were packed. */
function judged(bytes: Openable, { crc, isCut, method }: LooseMember, name: string): Openable {
  return {
    size: bytes.size,
    async *chunks(warn) {
      let checksum = 0;
      let produced = 0;
      for await (const chunk of bytes.chunks(warn)) {
        checksum = crc32(chunk, checksum);
        produced += chunk.length;
        yield chunk;
      }
      if (isCut) {
        // A cut deflate stream has said so itself.
        if (method === STORED) {
          warn({ code: 'ARC_DAMAGED', isCut: true, message: `${name}: the archive ends within it, after ${String(produced)} bytes` });
        }
      } else if (crc !== undefined && crc !== checksum) {
        warn({ code: 'ARC_CRC', message: `${name}: the checksum does not match; the bytes are not the ones that were packed` });
      }
    },
  };
}

/** Members in the order of the file; what lies between them and is none is passed over. */
async function* looseMembers(file: FileHandle, size: number): AsyncGenerator<LooseMember> {
  for (let at = await find(file, MEMBER_MARK, 0, size); at !== undefined;) {
    const member = await readMember(file, at, size);
    if (member !== undefined) yield member;
    at = await find(file, MEMBER_MARK, member?.dataEnd ?? at + MEMBER_MARK.length, size);
  }
}

/** The member whose header begins at `at`; `undefined` where the four bytes of the mark begin no header. */
async function readMember(file: FileHandle, at: number, size: number): Promise<LooseMember | undefined> {
  const header = await readAt(file, at, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return undefined;
  const [flags, method] = [header.readUInt16LE(6), header.readUInt16LE(8)];
  const [nameLength, extraLength] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const rest = await readAt(file, at + HEADER_BYTES, nameLength + extraLength);
  if (nameLength === 0 || rest.length < nameLength + extraLength) return undefined;
  const extra = rest.subarray(nameLength);
  const name = memberName(flags, rest.subarray(0, nameLength), extraFields(extra));
  const dataAt = at + HEADER_BYTES + rest.length;
  const declared = header.readUInt32LE(18) === IN_ZIP64 ? zip64Size(extra) : header.readUInt32LE(18);
  if ((flags & SIZES_FOLLOW) === 0 && declared !== undefined) {
    const end = dataAt + declared;
    return { name, flags, method, dataAt, dataEnd: Math.min(end, size), isCut: end > size, crc: header.readUInt32LE(14) };
  }
  const found = await findDescriptor(file, dataAt, size);
  return { name, flags, method, dataAt, dataEnd: found?.at ?? size, isCut: found === undefined, crc: found?.crc };
}

/** Where the data ends that began at `dataAt`: at the first descriptor that names just this length. */
async function findDescriptor(file: FileHandle, dataAt: number, size: number): Promise<{ at: number; crc: number } | undefined> {
  for (let at = await find(file, DESCRIPTOR_MARK, dataAt, size); at !== undefined; at = await find(file, DESCRIPTOR_MARK, at + 4, size)) {
    const descriptor = await readAt(file, at, 16);
    if (descriptor.length === 16 && descriptor.readUInt32LE(8) === (at - dataAt) % 2 ** 32) return { at, crc: descriptor.readUInt32LE(4) };
  }
  return undefined;
}

/** The packed size of the Zip64 field, which holds the unpacked one first. */
function zip64Size(extra: Buffer): number | undefined {
  const field = extraFields(extra).find(({ id }) => id === 1)?.data;
  return field === undefined || field.length < 16 ? undefined : Number(field.readBigUInt64LE(8));
}

/** The fields behind a name; none where they are damaged, since they are of no use to the data. */
function extraFields(extra: Buffer): ReturnType<typeof yauzl.parseExtraFields> {
  try {
    return yauzl.parseExtraFields(extra);
  } catch {
    return [];
  }
}

/** The first place of `mark` at or after `from`. Units: bytes. */
async function find(file: FileHandle, mark: Buffer, from: number, size: number): Promise<number | undefined> {
  // Pieces overlap by what a mark on the seam needs.
  for (let at = from; at + mark.length <= size; at += SEARCH_BYTES - mark.length + 1) {
    const index = (await readAt(file, at, SEARCH_BYTES)).indexOf(mark);
    if (index !== -1) return at + index;
  }
  return undefined;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
