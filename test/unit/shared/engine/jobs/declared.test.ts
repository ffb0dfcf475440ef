import { expect, test } from 'vitest';
import { declaredSettings, findDeclaredFormats } from '#shared/engine/jobs/declared.ts';
import type { EvidencePort } from '#shared/engine/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { memoryCase } from '#test/support/case.ts';
import { sourceOf, toBytes } from '#test/support/read-evidence.ts';

const portOf = (files: Readonly<Record<string, string>>, opened: string[]): EvidencePort => ({
  size: () => Promise.resolve(0),
  async *expand(_requests, _signal, { only } = {}) {
    for (const [name, text] of Object.entries(files)) {
      await Promise.resolve();
      if (only?.(name) === false) continue;
      opened.push(name);
      yield { kind: 'source', source: sourceOf(toBytes(text), name), container: undefined, format: undefined };
    }
  },
});
const find = (files: Readonly<Record<string, string>>, opened: string[] = []): ReturnType<typeof findDeclaredFormats> =>
  findDeclaredFormats(portOf(files, opened), [], new AbortController().signal, () => Promise.resolve());
const add = (db: SqlDriver, kind: string, name: string, text: string): void => {
  db.prepare('INSERT INTO knowledge (kind, name, text) VALUES (?, ?, ?)').run(kind, name, text);
};

test('only files with the name of a configuration are looked into', async () => {
  const opened: string[] = [];
  const nginx = "log_format main '$remote_addr $status';";
  const found = await find(
    {
      'b.zip!access.log': nginx,
      'b.zip!etc/nginx/nginx.conf': nginx,
      'etc/apache2/sites-enabled/shop': 'LogFormat "%h %s" short',
      'x.har': '{}',
    },
    opened,
  );
  expect(opened).toEqual(['b.zip!etc/nginx/nginx.conf', 'etc/apache2/sites-enabled/shop']);
  expect(found).toMatchObject([
    { name: 'main', text: '$remote_addr $status', where: 'b.zip!etc/nginx/nginx.conf' },
    { name: 'short', text: '%h %s', where: 'etc/apache2/sites-enabled/shop' },
  ]);
});

test('what was added to the case goes before what this evidence declares, and that before earlier evidence', () => {
  const db = memoryCase();
  db.exec(
    `INSERT INTO source (id, name, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
     VALUES (1, 'old.conf', 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]');
     INSERT INTO declared_format (source_id, name, text, escaping) VALUES (1, 'old', '$status', 'json'), (1, 'main', '$uri', NULL)`,
  );
  add(db, 'log-format', 'pasted.txt', '$remote_addr $uri');
  const { declaredFormats } = declaredSettings(db, [{ name: 'main', text: '$uri', where: 'nginx.conf' }]);
  expect(declaredFormats).toEqual([
    { name: 'pasted.txt', text: '$remote_addr $uri', where: 'pasted.txt' },
    { name: 'main', text: '$uri', where: 'nginx.conf' },
    { name: 'old', text: '$status', where: 'old.conf', escape: 'json' },
  ]);
});

test('mappings of the case are given to every import, and one that cannot be understood is passed over', () => {
  const db = memoryCase();
  add(db, 'mapping', 'mine', JSON.stringify({ name: 'mine', requires: ['verb'], fields: { method: ['verb'] } }));
  add(db, 'mapping', 'broken', '{');
  expect(declaredSettings(db, []).declaredMappings?.map(({ name }) => name)).toEqual(['mine']);
});
