/** A file of a zip: a name with `/` between folders, and what it holds. */
export interface ZipFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** 1980-01-01, the first day that a zip can say: the same texts give the same bytes. */
const DOS_DATE = 0x0021;
/** General purpose bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800;
/** Version 2.0 is the least that knows folders in names. */
const VERSION = 20;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as zip wants it. Source: ISO 3309, the reversed polynomial 0xEDB88320. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers of two and four bytes, least significant first. */
function record(fields: readonly (readonly [bytes: 2 | 4, value: number])[], ...tails: readonly Uint8Array[]): Uint8Array {
  const head = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const all = new Uint8Array(head + tails.reduce((sum, tail) => sum + tail.length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  for (const tail of tails) {
    all.set(tail, at);
    at += tail.length;
  }
  return all;
}

/**
 * A zip, not compressed: small files for people, the same bytes for the same files.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 * Errors: RangeError for more than 65,535 files, which needs Zip64.
 */
export function* zipStored(files: readonly ZipFile[]): Generator<Uint8Array> {
  if (files.length > 0xffff) throw new RangeError(`${String(files.length)} files do not fit into a plain zip`);
  const encoder = new TextEncoder();
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const nameBytes = encoder.encode(name);
    const data = typeof content === 'string' ? encoder.encode(content) : content;
    const common = [
      [2, VERSION], [2, UTF8_NAMES], [2, 0], [2, 0], [2, DOS_DATE],
      [4, crc32(data)], [4, data.length], [4, data.length], [2, nameBytes.length], [2, 0],
    ] as const; // prettier-ignore
    const local = record([[4, 0x04034b50], ...common], nameBytes, data);
    directory.push(record([[4, 0x02014b50], [2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], nameBytes));
    offset += local.length;
    yield local;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  yield* directory;
  yield record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
}
