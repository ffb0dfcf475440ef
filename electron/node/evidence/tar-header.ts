/** Headers and members of a tar archive begin at multiples of this. Units: bytes. */
export const TAR_BLOCK = 512;

/** What one 512-byte header of a tar archive says, before pax records and long names are applied. */
export interface TarHeader {
  readonly name: string;
  /** The type flag as a character; `0` for a file, whichever way the writer said so. */
  readonly type: string;
  /** Bytes of content after the header. Units: bytes. */
  readonly size: number;
  /** GNU's old sparse files go on in further header blocks. */
  readonly isExtended: boolean;
}

/** True when the block is a tar header: the magic word, or (before POSIX) a checksum that fits. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK) return false;
  return latin1(block, 257, 262) === 'ustar' || (block[0] !== 0 && hasTarChecksum(block));
}

/** True when the block's checksum is right. Source: POSIX pax, "ustar Header Block"; old writers added signed bytes. */
function hasTarChecksum(block: Uint8Array): boolean {
  const stated = parseNumber(block, 148, 156);
  if (stated === undefined) return false;
  let unsigned = 8 * 0x20;
  let signed = unsigned;
  for (let at = 0; at < TAR_BLOCK; at += 1) {
    if (at === 148) at = 156;
    const byte = block[at] ?? 0;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return stated === unsigned || stated === signed;
}

/** Reads a header block; `undefined` when its checksum or its size is wrong. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!hasTarChecksum(block)) return undefined;
  const size = parseNumber(block, 124, 136);
  if (size === undefined) return undefined;
  const base = toText(cut(block, 0, 100));
  // GNU writes times where POSIX has the first part of the name; its magic ends in blanks.
  const prefix = latin1(block, 257, 263) === 'ustar\0' ? toText(cut(block, 345, 500)) : '';
  const flag = String.fromCharCode(block[156] ?? 0);
  const type = '\x0007'.includes(flag) ? (base.endsWith('/') ? '5' : '0') : flag;
  return { name: prefix === '' ? base : `${prefix}/${base}`, type, size, isExtended: type === 'S' && block[482] === 1 };
}

/** A name that a GNU long-name record holds. */
export const parseLongName = (record: Uint8Array): string => toText(cut(record, 0, record.length));

/**
 * The records of a pax extended header; `undefined` when one of them is cut or lies about its length.
 * Source: POSIX pax, "pax Extended Header": `length key=value\n`, the length counting itself.
 * Example: `13 path=a.log\n` says that the next member is called a.log.
 */
export function parsePaxRecords(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    const digits = blank === -1 ? '' : latin1(bytes, at, blank);
    if (!/^\d{1,9}$/.test(digits)) return bytes.subarray(at).every((byte) => byte === 0) ? records : undefined;
    const end = at + Number(digits);
    const equals = bytes.indexOf(0x3d, blank);
    if (end > bytes.length || equals === -1 || equals >= end || bytes[end - 1] !== 0x0a) return undefined;
    records.set(latin1(bytes, blank + 1, equals), toText(bytes.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}

/** A number in octal digits, or in GNU's binary form for what octal digits cannot hold; `undefined` for anything else. */
function parseNumber(block: Uint8Array, from: number, to: number): number | undefined {
  if (((block[from] ?? 0) & 0x80) !== 0) {
    let value = (block[from] ?? 0) & 0x7f;
    for (let at = from + 1; at < to; at += 1) value = value * 256 + (block[at] ?? 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = latin1(block, from, to)
    .replace(/\0[^]*$/, '')
    .trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** A field up to its first NUL. */
function cut(block: Uint8Array, from: number, to: number): Uint8Array {
  const field = block.subarray(from, to);
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/** UTF-8 if it is UTF-8, else one character a byte: tar says nothing about the encoding of names. */
function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Buffer.from(bytes).toString('latin1');
  }
}
