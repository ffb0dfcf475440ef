import { grantedScopes, readClaims } from '../../model/claims.ts';
import { changesThings } from '../../model/endpoint-words.ts';
import { isInNetwork, parseNetwork } from '../../query/network.ts';
import { parseRegex } from '../../query/regex.ts';
import type { StoredDetail } from '../intake/masking/masked-call.ts';
import type { CodecPort } from '../ports.ts';
import type { SqlDriver } from './driver.ts';
import { messageTest, type MessageCondition } from './message-test.ts';
import { detailIn, openBlock, type DetailBlock } from './read/calls/details.ts';

/** Networks and conditions kept as read, of each: as many as a query can name. */
const KEPT_PARSED = 512;
/** Blocks of details kept unpacked: as many as sources whose calls lie mixed in time. Units: blocks of 256 KiB or so. */
const KEPT_BLOCKS = 16;

/** Keeps what a text was read as; forgets all when it is full. */
function keep<T>(size: number, read: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= size) kept.clear();
    const made = read(key);
    kept.set(key, made);
    return made;
  };
}

/**
 * Defines what compiled queries call and SQLite does not have, once per connection: `in_network(address, network)`,
 * `matches_regex(text, pattern, caseless)`, `changes_things(endpoint)`, `granted_scopes(claims)` as a JSON list, and `message_fits(…)` with `keeps_block(…)` for what is inside messages.
 */
export function defineQueryFunctions(db: SqlDriver, codec: CodecPort): void {
  const networkOf = keep(KEPT_PARSED, (text) => ({ network: parseNetwork(text) }));
  db.define('in_network', (address, text) => {
    if (typeof address !== 'string' || typeof text !== 'string') return null;
    const { network } = networkOf(text);
    return network !== undefined && isInNetwork(address, network) ? 1 : 0;
  });
  db.define('matches_regex', (text, source, caseless) => {
    if (typeof text !== 'string' || typeof source !== 'string') return null;
    const parsed = parseRegex(source, caseless === 1);
    return parsed.ok && parsed.test(text) ? 1 : 0;
  });
  db.define('changes_things', (key) => (typeof key === 'string' && changesThings(key) ? 1 : 0));
  db.define('granted_scopes', (text) => {
    const claims = typeof text === 'string' ? readClaims(text) : undefined;
    return claims === undefined ? '[]' : JSON.stringify(grantedScopes(claims));
  });
  defineMessageFunctions(db, codec);
}

/** A function may not ask the database that calls it, so the row of the block is handed over, with its data only when it is not kept. */
function defineMessageFunctions(db: SqlDriver, codec: CodecPort): void {
  // The text is what `compileMessage` wrote.
  const testOf = keep(KEPT_PARSED, (text) => messageTest(JSON.parse(text) as MessageCondition));
  const blocks = new Map<string, DetailBlock>();
  let last: { readonly block: DetailBlock; readonly index: number; readonly detail: StoredDetail } | undefined;

  const blockOf = (key: string, data: unknown): DetailBlock | undefined => {
    const known = blocks.get(key);
    if (known !== undefined || !(data instanceof Uint8Array)) return known;
    const oldest = blocks.keys().next();
    if (blocks.size >= KEPT_BLOCKS && oldest.done !== true) blocks.delete(oldest.value);
    const block = openBlock(codec, data);
    blocks.set(key, block);
    return block;
  };
  const detailOf = (block: DetailBlock, index: number, format: string): StoredDetail => {
    if (last?.block === block && last.index === index) return last.detail;
    const detail = detailIn(block, index, format);
    last = { block, index, detail };
    return detail;
  };
  db.define('keeps_block', (first, revision) => (blocks.has(`${String(revision)} ${String(first)}`) ? 1 : 0));
  db.define('message_fits', (condition, index, format, first, revision, data) => {
    const block = blockOf(`${String(revision)} ${String(first)}`, data);
    if (block === undefined || typeof condition !== 'string' || typeof index !== 'number') return null;
    return testOf(condition)(detailOf(block, index, typeof format === 'string' ? format : '')) ? 1 : 0;
  });
}
