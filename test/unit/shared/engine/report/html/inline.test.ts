import { expect, test } from 'vitest';
import { cellHtml } from '#shared/engine/report/html/inline.ts';

test('a day and a short id stay on one line, in sentences and in names', () => {
  expect(cellHtml([{ kind: 'text', text: 'Revoke token-80, seen 2026-10-01.' }])).toBe(
    'Revoke <span class="whole">token-80, </span>seen <span class="whole">2026-10-01.</span>',
  );
  expect(cellHtml([{ kind: 'code', text: 'company c-20417' }])).toBe('<code>company <wbr><span class="whole">c-20417</span></code>');
});

test('the name of a column breaks behind its kind or its domain, a short one nowhere', () => {
  expect(cellHtml([{ kind: 'code', text: 'partner:ledgerlink-sync' }])).toBe('<code>partner:<wbr>ledgerlink-sync</code>');
  expect(cellHtml([{ kind: 'code', text: 'TIDEWELL\\s.dekker' }])).toBe('<code>TIDEWELL\\<wbr>s.dekker</code>');
  expect(cellHtml([{ kind: 'code', text: 'svc:loadtest' }])).toBe('<code>svc:loadtest</code>');
});

test('numbers in sentences stand as everywhere in the report, in quotations as the evidence has them', () => {
  expect(cellHtml([{ kind: 'text', text: 'Of 10,405 calls 98 % said “1,000 items, 5 %”; ids 1,2,345 stay.' }])).toBe(
    'Of 10\u202f405 calls 98\u202f% said “1,000 items, 5 %”; ids 1,2,345 stay.',
  );
  expect(cellHtml([{ kind: 'code', text: '10,405 %' }])).toBe('<code>10,<wbr>405 <wbr>%</code>');
});

test('a short name in a column breaks at its hyphens only, a network nowhere, a long part anywhere', () => {
  expect(cellHtml([{ kind: 'code', text: 'support-agent' }])).toBe(
    '<code><span class="whole">support-</span><wbr><span class="whole">agent</span></code>',
  );
  expect(cellHtml([{ kind: 'code', text: '192.0.2.0/24' }])).toBe('<code><span class="whole">192.0.2.0/24</span></code>');
  expect(cellHtml([{ kind: 'code', text: '2f1c9e77b05d4a3c88e1' }])).toBe('<code>2f1c9e77b05d4a3c88e1</code>');
});
