import { expect, test } from 'vitest';
import { passes } from '#shared/engine/passes/index.ts';
import { findingPicture } from '#shared/engine/report/finding-picture.ts';
import { createReportView } from '#shared/engine/store/read/report/report-view.ts';
import { drawChain } from '#shared/engine/store/read/chains/chain-drawing.ts';
import { unpackChain } from '#shared/contract/chain-drawing.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { sampleReportView } from '#test/support/report-view.ts';

test('steps stand in the order of the chain screen, by the clock of each call and not of its source', () => {
  // Spans of two hosts in one file: that of the first ran nine seconds ahead.
  const { db } = caseFromText(`
    00:10.0  human:ann  GET  gate.test/a   200  in=otel
    00:02.0  human:ann  GET  stock.test/b  200  in=otel`);
  const [first] = db.prepare('SELECT id FROM call ORDER BY record').all<{ id: number }>().map(({ id }) => id); // prettier-ignore
  db.prepare("INSERT INTO chain (id, key, root_call_id, title, signature, depth, calls, failed, edge_counts, hosts) VALUES (1, 'otel#1', ?, '', '', 0, 2, 0, '{}', '[]')").run(first ?? 0); // prettier-ignore
  db.exec('UPDATE call_fact SET chain_id = 1');
  db.prepare('INSERT INTO call_clock (call_id, ahead) VALUES (?, 9000000)').run(first ?? 0);
  const view = createReportView(db, { version: '0', rules: '', detectors: [], incidents: () => [], passes });
  const [finding] = sampleReportView().json.findings;
  if (finding === undefined) throw new Error('the sample has findings');
  const picture = findingPicture(view, { ...finding, chains: ['otel#1'], calls: ['otel#1'] });
  const packed = drawChain(db, 'otel#1', 10);
  const screen = packed === undefined ? [] : unpackChain(packed).calls.map(({ host }) => host);
  expect(screen).toEqual(['gate.test', 'stock.test']);
  expect(picture?.nodes.map(({ label }) => label)).toEqual(['GET /a', 'GET /b']);
  expect(picture?.caption).toContain('whose clocks differ by up to 9 s');
});
