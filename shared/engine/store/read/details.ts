import type { StoredDetail } from '../../intake/masked-call.ts';
import type { CodecPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';

interface BlockRow {
  readonly first_call_id: number;
  readonly data: Uint8Array;
}

const decode = (codec: CodecPort, data: Uint8Array): readonly StoredDetail[] =>
  // Written by `write.ts` of this store and by nothing else; a damaged block fails to decompress or to parse.
  JSON.parse(new TextDecoder().decode(codec.decompress(data))) as readonly StoredDetail[];

/** The block that was read last from each case: passes and detectors ask for neighbours, one after the other. */
const lastRead = new WeakMap<SqlDriver, { readonly data: Uint8Array; readonly details: readonly StoredDetail[] }>();

/** Details of a block; decoded only when its bytes are not those of the block before. */
function detailsOf(db: SqlDriver, codec: CodecPort, data: Uint8Array): readonly StoredDetail[] {
  const last = lastRead.get(db);
  if (last !== undefined && isSame(last.data, data)) return last.details;
  const details = decode(codec, data);
  lastRead.set(db, { data, details });
  return details;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** What a call keeps beside its columns; an empty object when it keeps nothing. */
export function getDetail(db: SqlDriver, codec: CodecPort, callId: number): StoredDetail {
  const row = db
    .prepare(
      'SELECT first_call_id, data FROM detail_block WHERE first_call_id <= ? AND last_call_id >= ? ORDER BY first_call_id DESC LIMIT 1',
    )
    .get<BlockRow>(callId, callId);
  if (row === undefined) return {};
  return detailsOf(db, codec, row.data)[callId - row.first_call_id] ?? {};
}
