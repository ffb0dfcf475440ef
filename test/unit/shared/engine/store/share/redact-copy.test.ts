import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { openInMemory } from '#electron/node/sqlite.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { getMeta, setMeta } from '#shared/engine/store/meta.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { migrations } from '#shared/engine/store/migrations/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { everyText, isShared, redactCopy } from '#shared/engine/store/share/redact-copy.ts';

const hideAll = (text: string): string => text.replaceAll('acme', 'x');
const hide = { text: hideAll, path: hideAll, json: <T>(value: T): T => JSON.parse(hideAll(JSON.stringify(value))) as T };

function freshCase(): SqlDriver {
  const db = openInMemory();
  migrateCase(db, 'case', nodeCrypto, 'acme');
  return db;
}

test('of every text of the newest schema something says what becomes of it', () => {
  const db = freshCase();
  redactCopy(db, hide, nodeCrypto);
  expect(isShared(db)).toBe(true);
  expect(getMeta(db, 'title')).toBe('x');
});

test('a table or a text that nobody thought about stops it', () => {
  const db = freshCase();
  db.exec('CREATE TABLE later (name TEXT)');
  expect(() => {
    redactCopy(db, hide, nodeCrypto);
  }).toThrow("the copy holds a table that is none of Spoor's: later");
  const other = freshCase();
  other.exec('ALTER TABLE chain ADD COLUMN story TEXT');
  expect(() => {
    redactCopy(other, hide, nodeCrypto);
  }).toThrow("none of Spoor's: chain");
});

test('texts that become the same stay apart where they are keys, and terms that nothing uses go', () => {
  const db = freshCase();
  db.exec(`INSERT INTO term (id, value) VALUES (1, 'acme'), (2, 'x'), (3, 'https://acme/?name=Jane')`);
  db.exec(`INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, flags, host_id, service_id, referer_id, query)
           VALUES (1, 1, 1, 0, 0, 0, 0, 1, 2, 3, 'name=Jane')`);
  redactCopy(db, hide, nodeCrypto);
  expect(db.prepare('SELECT id, value FROM term ORDER BY id').all()).toEqual([
    { id: 1, value: 'x' },
    { id: 2, value: 'x~2' },
  ]);
  expect([...everyText(db)].join()).not.toContain('Jane');
});

test('keys of credentials become their hashes, also where the analyst decided about one', () => {
  const db = freshCase();
  const key = 'ab'.repeat(32);
  db.exec(`INSERT INTO credential (id, fingerprint, kind, masked, jwt_claims)
           VALUES (1, '${key}', 'jwt', 'e…f', '{"sub":"acme","email":"a@b.c"}')`);
  db.exec(`INSERT INTO review_log (id, at, kind, text, effect)
           VALUES (1, 't', 'revoked', 'w', '{"kind":"revocation","credential":"${key}"}')`);
  redactCopy(db, hide, nodeCrypto);
  const hash = nodeCrypto.sha256Hex(key);
  expect(db.prepare('SELECT fingerprint, jwt_claims FROM credential').get()).toEqual({ fingerprint: hash, jwt_claims: '{"sub":"x"}' });
  expect(db.prepare('SELECT effect FROM review_log').get()).toEqual({ effect: `{"kind":"revocation","credential":"${hash}"}` });
  expect(() => {
    db.exec('DELETE FROM review_log');
  }).toThrow('append-only');
});

test('its log begins with the head of the log that it comes from, at the time of that', () => {
  const db = freshCase();
  setMeta(db, 'private', 'acme');
  db.exec(`INSERT INTO audit (seq, at, clock, action, payload, previous, hash)
           VALUES (7, '2026-01-01T00:00:00.000Z', 5, 'case.import', '{}', 'p', 'h7')`);
  redactCopy(db, hide, nodeCrypto);
  const entries = db
    .prepare('SELECT seq, at, action, payload FROM audit')
    .all<{ seq: number; at: string; action: string; payload: string }>();
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ seq: 1, at: '2026-01-01T00:00:00.000Z', action: 'case.share' });
  expect(entries[0]?.payload).toContain('"head":"h7"');
  expect(getMeta(db, 'private')).toBeUndefined();
});

test('a copy of an older case is brought to the newest schema', () => {
  const db = openInMemory();
  for (const migration of migrations.slice(0, 3)) db.exec(migration);
  db.exec(`${firstIndices} PRAGMA application_id = ${String(0x53504f52)}; PRAGMA user_version = 3`);
  setMeta(db, 'title', 'acme');
  redactCopy(db, hide, nodeCrypto);
  expect(getMeta(db, 'title')).toBe('x');
  expect(db.prepare('SELECT action FROM audit').all()).toEqual([{ action: 'case.share' }]);
});

test('a key that ends like one that was set apart does not become the same', () => {
  const db = freshCase();
  db.exec(`INSERT INTO term (id, value) VALUES (1, 'acme'), (2, 'x'), (3, 'x~2')`);
  db.exec(`INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, flags, host_id, service_id, tool_id)
           VALUES (1, 1, 1, 0, 0, 0, 0, 1, 2, 3)`);
  redactCopy(db, hide, nodeCrypto);
  expect(db.prepare('SELECT value FROM term ORDER BY id').all()).toEqual([{ value: 'x' }, { value: 'x~2' }, { value: 'x~2~2' }]);
});

test('ids of traces stay, and of the mask of a secret in one only the kind', () => {
  const db = freshCase();
  db.exec(`INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, flags, trace_id, span_id)
           VALUES (1, 1, 1, 0, 0, 0, 0, '4bf92f3577b34da6', '‹api-key fp:50f0ff0f1287›')`);
  redactCopy(db, hide, nodeCrypto);
  expect(db.prepare('SELECT trace_id AS trace, span_id AS span FROM call').all()).toEqual([
    { trace: '4bf92f3577b34da6', span: '‹api-key›' },
  ]);
});
