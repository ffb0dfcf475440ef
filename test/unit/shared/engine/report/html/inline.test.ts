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
