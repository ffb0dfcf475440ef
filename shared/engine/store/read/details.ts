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

/** What a call keeps beside its columns; an empty object when it keeps nothing. */
export function getDetail(db: SqlDriver, codec: CodecPort, callId: number): StoredDetail {
  const row = db
    .prepare(
      'SELECT first_call_id, data FROM detail_block WHERE first_call_id <= ? AND last_call_id >= ? ORDER BY first_call_id DESC LIMIT 1',
    )
    .get<BlockRow>(callId, callId);
  if (row === undefined) return {};
  return decode(codec, row.data)[callId - row.first_call_id] ?? {};
}
