import { expect, test } from 'vitest';
import { toMermaid } from '#shared/chain-files/mermaid.ts';
import { chainCall, chainDetail, chainEdge } from '#test/support/chain-detail.ts';

/** What of Mermaid's grammar for flowcharts we write: a header, boxes with a quoted label, arrows with a quoted text. */
const LINE =
  /^(?:flowchart LR| {2}c\d+\["(?:[^"<>&`%{}[\];]|#\d+;|<br\/>)*"\]| {2}c\d+ (?:-->|==>|-\.->)\|"(?:[^"<>&`%{}[\];|]|#\d+;)*"\| c\d+)$/u;

test('every call is a box and every edge an arrow', () => {
  const text = toMermaid(chainDetail([chainCall('k#1'), chainCall('k#2', { status: 404 })], [chainEdge('k#1', 'k#2')]));
  expect(text).toBe(
    [
      'flowchart LR',
      '  c0["GET /v1/orders/#123;id#125; 200<br/>api.acme.test<br/>k#35;1"]',
      '  c1["GET /v1/orders/#123;id#125; 404<br/>api.acme.test<br/>k#35;2"]',
      '  c0 ==>|"value 97 #37;: response #36;.id → path #123;id#125;"| c1',
      '',
    ].join('\n'),
  );
});

test('hostile names stay text: no directive, no markup, no end of a label, nothing unseen', () => {
  const hostile = '"]; click c0 call alert() %%{init: {"securityLevel":"loose"}}%% <img src=x onerror=alert(1)> `a` end\n---\n\u202e|';
  const calls = [chainCall('k#1', { endpoint: `GET h/${hostile}`, host: hostile, method: hostile }), chainCall('k#2')];
  const text = toMermaid(chainDetail(calls, [chainEdge('k#1', 'k#2', { fromAt: hostile, toAt: hostile, why: hostile })]));
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(LINE);
  expect(text.trimEnd().split('\n')).toHaveLength(4);
});
