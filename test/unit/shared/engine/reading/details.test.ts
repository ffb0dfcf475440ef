import { expect, test } from 'vitest';
import { nodeCodec } from '#electron/node/crypto.ts';
import { openInMemory } from '#electron/node/sqlite.ts';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import { detailPacker } from '#shared/engine/reading/details.ts';
import { getDetail } from '#shared/engine/store/read/calls/details.ts';

/** Stores details under rising ids from one on, in one go. */
function store(details: readonly StoredDetail[]): ReturnType<typeof openInMemory> {
  const db = openInMemory();
  db.exec('CREATE TABLE detail_block (first_call_id INTEGER PRIMARY KEY, last_call_id INTEGER, data BLOB)');
  db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  db.exec('CREATE TABLE source (id INTEGER PRIMARY KEY, format TEXT); CREATE TABLE call (id INTEGER PRIMARY KEY, source_id INTEGER)');
  const packer = detailPacker(nodeCodec);
  for (const detail of details) packer.add(detail, false);
  const insert = db.prepare('INSERT INTO detail_block VALUES (?, ?, ?)');
  for (const { first, last, data } of packer.take()) insert.run(first + 1, last + 1, data);
  return db;
}

const countBlocks = (db: ReturnType<typeof openInMemory>): number =>
  db.prepare('SELECT count(*) AS count FROM detail_block').get<{ count: number }>()?.count ?? 0;

test('every call gets back what it stored, from small blocks and large ones', () => {
  const sizes = [0, 10, 70_000, 5, 300_000, 1, 2_000_000, 3];
  const details = sizes.map((size, index): StoredDetail => ({ raw: `${String(index)} ‹secret› 日本 \ud83d ${'é"'.repeat(size)}` }));
  const db = store(details);
  for (const [index, detail] of details.entries()) expect(getDetail(db, nodeCodec, index + 1)).toEqual(detail);
  db.close();
});

test('short details share a block of 256, long ones part as soon as a block is large', () => {
  const short = store(Array.from({ length: 600 }, (): StoredDetail => ({ raw: 'GET /' })));
  expect(countBlocks(short)).toBe(3);
  const long = store(Array.from({ length: 20 }, (): StoredDetail => ({ raw: 'x'.repeat(100_000) })));
  expect(countBlocks(long)).toBeGreaterThanOrEqual(7);
  short.close();
  long.close();
});

test('what stands in the place of a withdrawn block of the same length is read anew', () => {
  const pack = (amount: number): Uint8Array => {
    const packer = detailPacker(nodeCodec);
    packer.add({ raw: `an amount of ${String(amount)}, and what stands behind it ${'is the same '.repeat(20)}` }, false);
    const [block] = packer.take();
    if (block === undefined) throw new Error('nothing was packed');
    return block.data;
  };
  const db = store([]);
  const [one, other] = [pack(118), pack(882)];
  expect(one.length).toBe(other.length);
  const put = db.prepare('INSERT OR REPLACE INTO detail_block VALUES (1, 1, ?)');
  put.run(one);
  expect(getDetail(db, nodeCodec, 1).raw).toContain('118');
  // As every withdrawal and import does.
  db.exec("INSERT INTO meta VALUES ('evidence_revision', '2')");
  put.run(other);
  expect(getDetail(db, nodeCodec, 1).raw).toContain('882');
  db.close();
});
