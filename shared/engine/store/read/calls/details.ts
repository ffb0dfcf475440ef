import { rereadRecord } from '../../../importers/reread.ts';
import { toDetail } from '../../../intake/stored-detail.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../driver.ts';

interface BlockRow {
  readonly first: number;
  readonly last: number;
  /** What tells a block beside its row ids, which are used again after a withdrawal: imports and withdrawals raise the revision. */
  readonly revision: string;
  readonly size: number;
  readonly format: string | null;
}

/** A block of details, unpacked: where each begins, and whether it is a record's text. */
export interface DetailBlock {
  readonly bytes: Uint8Array;
  /** One more than details: the last is the end. Units: bytes. */
  readonly starts: readonly number[];
  readonly isText: readonly boolean[];
}

const LF = 0x0a;

/** Unpacks a block. Written by `reading/details.ts` and by nothing else; a damaged one fails to decompress or to parse. */
export function openBlock(codec: CodecPort, data: Uint8Array): DetailBlock {
  const bytes = codec.decompress(data);
  const headEnd = bytes.indexOf(LF);
  const lengths = JSON.parse(new TextDecoder().decode(bytes.subarray(0, headEnd))) as readonly number[];
  const starts = [headEnd + 1];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + Math.abs(length));
  return { bytes, starts, isText: lengths.map((length) => length < 0) };
}

/** The block that was read last from each case: passes and detectors ask for neighbours, one after the other. */
const lastRead = new WeakMap<SqlDriver, { readonly name: string; readonly block: DetailBlock }>();

/** A block; read and unpacked only when it is another one than before. */
function blockOf(db: SqlDriver, codec: CodecPort, { first, last, revision, size }: BlockRow): DetailBlock {
  const name = [first, last, revision, size].join(' ');
  const known = lastRead.get(db);
  if (known?.name === name) return known.block;
  const row = db.prepare('SELECT data FROM detail_block WHERE first_call_id = ?').get<{ data: Uint8Array }>(first);
  const block = openBlock(codec, row?.data ?? new Uint8Array());
  lastRead.set(db, { name, block });
  return block;
}

/** What a call keeps beside its columns; an empty object when it keeps nothing. */
export function getDetail(db: SqlDriver, codec: CodecPort, callId: number): StoredDetail {
  const row = db
    .prepare(
      `SELECT b.first_call_id AS first, b.last_call_id AS last, length(b.data) AS size,
              coalesce((SELECT value FROM meta WHERE key = 'evidence_revision'), '0') AS revision,
              (SELECT s.format FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?) AS format
       FROM detail_block b WHERE b.first_call_id <= ? AND b.last_call_id >= ? ORDER BY b.first_call_id DESC LIMIT 1`,
    )
    .get<BlockRow>(callId, callId, callId);
  if (row === undefined) return {};
  return detailIn(blockOf(db, codec, row), callId - row.first, row.format ?? '');
}

/** The detail at a place of a block, counted from 0; an empty object past its end. `format` is that of the calls' source. */
export function detailIn(block: DetailBlock, index: number, format: string): StoredDetail {
  const start = block.starts[index];
  const end = block.starts[index + 1];
  if (start === undefined || end === undefined) return {};
  const text = new TextDecoder().decode(block.bytes.subarray(start, end));
  if (block.isText[index] !== true) return JSON.parse(text) as StoredDetail; // written by `reading/details.ts`
  const call = rereadRecord(format, text);
  return call === undefined ? { raw: text } : toDetail(call, text);
}
