import { expect, test } from 'vitest';
import { policyFiles } from '#shared/engine/report/write-policies.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const policies = sampleReportView().json.leastPrivilege;

test('four texts for a principal, and an index that names them last', () => {
  const files = policyFiles(policies);
  expect(files.map(({ name }) => name)).toEqual([
    '001-agent-support-bot.cedar',
    '001-agent-support-bot.cedarschema',
    '001-agent-support-bot.rego',
    '001-agent-support-bot.fga.yaml',
    'index.json',
  ]);
  expect(JSON.parse(files.at(-1)?.text ?? '')).toMatchObject({
    schema: 'spoor-policies/1',
    policies: [{ principal: 'agent:support-bot', files: files.slice(0, 4).map(({ name }) => name) }],
  });
});

test('no name of the evidence leaves the folder', () => {
  const hostile = ['../../etc/passwd', 'C:\\con', 'a\0b', '', '..', 'x'.repeat(500)].flatMap((principal) =>
    policies.map((policy) => ({ ...policy, principal })),
  );
  const names = policyFiles(hostile).map(({ name }) => name);
  expect(names.every((name) => /^(?:\d{3,}-[A-Za-z0-9-]*\.[a-z.]+|index\.json)$/.test(name) && name.length < 100)).toBe(true);
  expect(new Set(names).size).toBe(names.length);
});
