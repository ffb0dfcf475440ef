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
