import { expect, test } from 'vitest';
import { listCaseNames } from '#shared/engine/store/read/principals/case-names.ts';
import { memoryCase } from '#test/support/case.ts';

function caseWith(sql: string): ReturnType<typeof memoryCase> {
  const db = memoryCase();
  db.exec(sql);
  return db;
}

const principal = (id: number, key: string, label: string): string =>
  `INSERT INTO principal (id, key, label, kind, rung, why, weak, calls) VALUES (${String(id)}, '${key}', '${label}', 'service', 6, '', 0, 1);`;

test('the id of a key, which a gateway logs in place of it, is a name of its holder; a mask is none', () => {
  const db = caseWith(`${principal(1, 'service:api-key-1', 'API key k7v2mq (api-key-1)')}
    INSERT INTO credential (id, fingerprint, kind, masked, label) VALUES (1, 'f1', 'api-key', 'k7v2mq', 'x'), (2, 'f2', 'api-key', 'sk-…lfp', 'x');
    INSERT INTO credential_use (credential_id, key, principal_id, calls, contexts, issues)
      VALUES (1, 'api-key-1', 1, 1, 1, '[]'), (2, 'api-key-2', 1, 1, 1, '[]');`);
  const [{ aliases } = { aliases: [] }] = listCaseNames(db);
  expect(aliases).toContain('k7v2mq');
  expect(aliases).not.toContain('sk-…lfp');
});

test('what stands before the @ of a name is a name, too, unless it is a plain word', () => {
  const db = caseWith(
    principal(1, 'service:a', 'billing-run@sa.acme.test') +
      principal(2, 'service:b', 'support@acme.test') +
      principal(3, 'service:c', 'j.a@b.test'),
  );
  const aliases = listCaseNames(db).flatMap((each) => each.aliases);
  expect(aliases).toContain('billing-run');
  expect(aliases).not.toContain('support');
  expect(aliases).not.toContain('j.a');
});

test('an address comes after its network and names it; of an address that is no IP address there is no network', () => {
  const db = caseWith(`INSERT INTO term (id, value) VALUES (1, '192.0.2.7'), (2, '2001:db8:5:9::7'), (3, 'unix:');
    INSERT INTO source (id, name, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
      VALUES (1, 'a.log', 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]');
    INSERT INTO call (id, source_id, record, byte_start, byte_length, time, time_kind, flags, client_ip_id)
      VALUES (1, 1, 1, 0, 1, 10, 0, 0, 1), (2, 1, 2, 1, 1, 20, 0, 0, 2), (3, 1, 3, 2, 1, 30, 0, 0, 3);`);
  expect(listCaseNames(db).map(({ kind, name, network }) => [kind, name, network])).toEqual([
    ['network', '192.0.2.0/24', undefined],
    ['address', '192.0.2.7', '192.0.2.0/24'],
    ['network', '2001:db8:5::/48', undefined],
    ['network', '2001:db8:5:9::/64', '2001:db8:5::/48'],
    ['address', '2001:db8:5:9::7', '2001:db8:5::/48'],
    ['address', 'unix:', 'unix:'],
  ]);
});
