import { crc32, deflateRawSync } from 'node:zlib';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import type { EvidenceOptions } from '#electron/node/evidence/evidence.ts';
import type { ExpandOptions } from '#shared/engine/ports.ts';

/** A member of a zip as it is to be written, lies included. */
export interface ZipMember {
  readonly name: string | Buffer;
  readonly content: Buffer;
  readonly declared?: number;
  readonly crc?: number;
  readonly mode?: number;
  readonly method?: number;
  readonly flags?: number;
}

/** Writes a zip by hand, lies included: no packer makes these. */
export function craftZip(members: readonly ZipMember[], entryCount = members.length): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared = content.length, crc = crc32(content), mode = 0, method = 8, flags = 0x800 } of members) {
    const rawName = Buffer.from(name);
    const data = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(declared, 18);
    common.writeUInt16LE(rawName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, rawName, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, tail, rawName]));
    files.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entryCount & 0xffff, 4);
  end.writeUInt16LE(entryCount & 0xffff, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\x05\x06'), end]);
}

/** A member of a zip that holds a text. */
export const zipMember = (name: string | Buffer, text = 'x', more: Partial<ZipMember> = {}): ZipMember => ({
  name,
  content: Buffer.from(text),
  ...more,
});

/** A member of a tar as it is to be written, lies included. */
export interface TarMember {
  readonly name: string;
  readonly content?: string | Buffer;
  /** The type flag; `0` is a file. */
  readonly type?: string;
  readonly declared?: number;
  /** Written instead of the right checksum. */
  readonly checksum?: number;
  readonly link?: string;
  readonly magic?: string;
  readonly prefix?: string;
}

/** One member of a tar: its header and its content, filled up with zeros. */
export function craftTarMember(member: TarMember): Buffer {
  const { name, type = '0', link = '', magic = 'ustar\x0000', prefix = '' } = member;
  const content = Buffer.from(member.content ?? '');
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0, 'latin1');
  header.write('0000644\0', 100, 'latin1');
  header.write(`${(member.declared ?? content.length).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(link, 157, 'latin1');
  header.write(magic, 257, 'latin1');
  header.write(prefix, 345, 'latin1');
  const checksum = member.checksum ?? header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** Writes a tar by hand, lies included. */
export const craftTar = (members: readonly TarMember[]): Buffer => Buffer.concat([...members.map(craftTarMember), Buffer.alloc(1024)]);

/** A pax record: its length, which counts itself, a key and a value. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
  return `${String(length)}${rest}`;
}

/** What a path expands to, one line each: `name = text (WARNING)`, or `name ! CODE`. */
export async function expandToLines(path: string, options: EvidenceOptions & ExpandOptions = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of createEvidencePort(options).expand([{ path }], new AbortController().signal, options)) {
    if (item.kind === 'failure') {
      lines.push(`${item.name} ! ${item.code}`);
      continue;
    }
    let text = '';
    let end = '';
    try {
      for await (const chunk of item.source.chunks()) text += Buffer.from(chunk).toString();
    } catch (error) {
      end = ` ! ${String((error as { details?: { code?: string } }).details?.code)}`;
    }
    const warnings = (item.source.warnings?.() ?? []).map((warning) => ` (${warning.code})`).join('');
    lines.push(`${item.source.name} = ${text.length > 100 ? `${String(text.length)} characters` : text}${end}${warnings}`);
  }
  return lines;
}
