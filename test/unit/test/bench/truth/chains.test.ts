import { expect, test } from 'vitest';

import type { EdgeJson } from '#shared/contract/report-json.ts';
import { chainScores } from '#test/bench/truth/chains.ts';
import type { Export } from '#test/bench/truth/export.ts';
import type { Truth } from '#test/bench/truth/load.ts';
import { oracleExport } from '#test/bench/truth/oracle.ts';
import { toRatios } from '#test/bench/truth/score.ts';
import { truthFromText } from '#test/support/truth-from-text.ts';

const ratios = (truth: Truth, exported: Export) => toRatios(chainScores(truth, exported));

const edge = (from: string, to: string, more: Partial<EdgeJson> = {}): EdgeJson => ({
  from: `evidence/${from}`,
  to: `evidence/${to}`,
  kind: 'trace',
  kinds: ['trace'],
  confidence: 1,
  why: '',
  ...more,
});

/** The oracle, with these edges in place of its own. */
function sayEdges(truth: Truth, edges: readonly EdgeJson[]): Export {
  const oracle = oracleExport(truth);
  return { ...oracle, report: { ...oracle.report, chains: [{ id: 'c', root: '', signature: '', depth: 1, calls: [], edges }] } };
}

const behind = truthFromText(`
  a  kong#1    anna/t1  s1  GET api.test/v1/orders       id r1
  b  kong#2    anna/t1  s1  GET stock.test/stock         inner  call a  id r1
  c  kong#3-   anna/t1  s1  GET bank.test/pay            inner  call a  id r1
  d  kong#4    bill/t2  s2  GET api.test/v1/orders       id r4
  e  kong#5    bill/t2  s2  GET stock.test/stock         inner  call d  id r5
  f  kong#6!   bill/t2  s2  GET stock.test/stock         inner  call d  id r4`);

test('requests behind requests are told apart by the ids that their records show', () => {
  const said = sayEdges(behind, [
    edge('kong.jsonl#1', 'kong.jsonl#2'),
    edge('kong.jsonl#4', 'kong.jsonl#3', { kind: 'nesting', kinds: ['nesting'] }),
  ]);
  expect(ratios(behind, said)).toMatchObject({
    'edges.recall': 1 / 3,
    'edges.precision': 1 / 2,
    'edges.ids-both.f1': 1,
    'edges.ids-one.recall': 0,
    'edges.ids-one.precision': 0,
    'edges.ids-none.recall': 0,
    'edges.ids-missing.recall': 0,
  });
});

test('calls share an id when both records show the same one, not when each shows another', () => {
  const shown = truthFromText(`
    a  kong#1    anna/t1  s1  GET api.test/v1/orders  id r1  trace t1
    b  kong#2+   anna/t1  s1  GET stock.test/stock    inner  call a  id r1  trace t1
    c  kong#3+   anna/t1  s1  GET bank.test/pay       inner  call a  id r1
    d  kong#4    bill/t2  s2  GET api.test/v1/orders  id r4
    e  kong#5+   bill/t2  s2  GET stock.test/stock    inner  call d  id r4  trace t4`);
  const found = ratios(shown, sayEdges(shown, [edge('kong.jsonl#1', 'kong.jsonl#2'), edge('kong.jsonl#1', 'kong.jsonl#3')]));
  expect(found).toMatchObject({ 'edges.ids-both.recall': 1, 'edges.ids-one.recall': 1, 'edges.ids-none.recall': 0 });
});

test('edges to broken records, to the same request and of mere order are neutral', () => {
  const said = sayEdges(behind, [
    edge('kong.jsonl#4', 'kong.jsonl#6'),
    edge('kong.jsonl#1', 'kong.jsonl#1'),
    edge('kong.jsonl#1', 'kong.jsonl#5', { kind: 'adjacent', kinds: ['adjacent'] }),
  ]);
  expect(ratios(behind, said)['edges.precision']).toBeUndefined();
});

test('a request that a caller sends because of another is wanted and found by one rule, in one session too', () => {
  const hooks = truthFromText(`
    pull  kong#1  bot/t1  s1  GET api.test/v1/events
    send  kong#2  bot/t1  s1  POST hook.test/in        call pull`);
  expect(ratios(hooks, oracleExport(hooks))).toMatchObject({ 'edges.precision': 1, 'edges.recall': 1, 'edges.f1': 1 });
});

const run = truthFromText(`
  ask    kong#1  bot/t1  s1  POST model.test/v1   trace r s1
  look   kong#2  bot/t1  s1  GET api.test/x       trace r s2 s1
  write  kong#3  bot/t1  s1  POST api.test/x      trace r s3 s1
  page   kong#4  eve/t2  s2  GET shop.test/
  fetch  kong#5  eve/t2  s2  GET api.test/y       referer https://shop.test/`);

test('an edge inside a session that nothing caused is wrong, for precision and for confidence', () => {
  const found = ratios(run, sayEdges(run, [edge('kong.jsonl#2', 'kong.jsonl#3'), edge('kong.jsonl#3', 'kong.jsonl#5')]));
  expect(found).toMatchObject({ 'edges.precision': 0, 'calibration.error': 1 });
  for (const kind of ['rpc', 'initiator', 'credential', 'pagination', 'redirect', 'nesting'] as const) {
    const said = sayEdges(run, [edge('kong.jsonl#2', 'kong.jsonl#3', { kind, kinds: [kind] })]);
    expect(ratios(run, said), kind).toMatchObject({ 'edges.precision': 0, 'calibration.error': 1 });
  }
});

test('what the evidence itself says is neutral: the root span of a run, the page of a Referer; order is', () => {
  const page = edge('kong.jsonl#4', 'kong.jsonl#5', { kind: 'initiator', kinds: ['initiator'] });
  const order = edge('kong.jsonl#2', 'kong.jsonl#3', { kind: 'adjacent', kinds: ['adjacent'] });
  const found = ratios(run, sayEdges(run, [edge('kong.jsonl#1', 'kong.jsonl#2'), edge('kong.jsonl#1', 'kong.jsonl#3'), page, order]));
  expect(found).not.toHaveProperty('edges.precision');
  expect(found).not.toHaveProperty('calibration.error');
});

test('an edge over calls that no record shows is neutral, and rightly sure', () => {
  const gap = truthFromText(`
    a      kong#1   anna/t1  s1  GET api.test/orders
    b      kong#2!  anna/t1  s1  GET stock.test/stock  inner  call a
    b>x>y  kong#3   anna/t1  s1  GET depot.test/shelf  inner  call b>x`);
  const found = ratios(gap, sayEdges(gap, [edge('kong.jsonl#1', 'kong.jsonl#3')]));
  expect(found).toMatchObject({ 'calibration.error': 0 });
  expect(found).not.toHaveProperty('edges.precision');
});

const values = truthFromText(`
  list   kong#1 har#1  bot/t1  s1  GET api.test/v1/tickets
  read   kong#2 har#2  bot/t1  s1  GET api.test/v1/tickets/{ticket}        value list response $.data[0].id > path {ticket}
  pay    kong#3 har#3  bot/t1  s1  POST api.test/v1/orders/{order}/refunds  value read response $.order > path {order}  value read response $.sum > body $.amount
  other  kong#4        bot/t1  s1  GET api.test/v1/orders/{order}          value pay response $.id > path {order}`);

test('a value flow needs both places; the name of a parameter hangs on the template', () => {
  const said = sayEdges(values, [
    edge('kong.jsonl#1', 'kong.jsonl#2', { kind: 'value', kinds: ['value'], fromAt: 'response $.data[3].id', toAt: 'path {ticket}' }),
    edge('kong.jsonl#2', 'kong.jsonl#3', { kind: 'value', kinds: ['value'], fromAt: 'response $.sum', toAt: 'request $.total' }),
  ]);
  const found = ratios(values, said);
  expect(found).toMatchObject({ 'value.precision': 1 / 2, 'value.recall': 1 / 4 });
  expect(found).toMatchObject({ 'value-pair.precision': 1, 'value-pair.recall': 3 / 4 });
});

test('any earlier answer of the session that held the value fulfils a flow', () => {
  const echoed = new Map(
    [...values.calls].map(([id, call]) =>
      id === 'pay'
        ? ([id, { ...call, echoes: [{ from: 'list', fromAt: 'response $.data[0].order', toAt: 'path {order}' }] }] as const)
        : ([id, call] as const),
    ),
  );
  const truth: Truth = { ...values, calls: echoed };
  const said = sayEdges(truth, [
    edge('kong.jsonl#1', 'kong.jsonl#3', { kind: 'value', kinds: ['value'], fromAt: 'response $.data[0].order', toAt: 'path {order}' }),
  ]);
  expect(ratios(truth, said)).toMatchObject({ 'value.precision': 1, 'value.recall': 1 / 4 });
});

test('one request in two sources that was left as two calls costs recall of pairs', () => {
  const oracle = oracleExport(values);
  const said = {
    ...oracle,
    calls: oracle.calls.map(({ alsoSeenAs = [], ...call }, index) => (index === 0 ? call : { ...call, alsoSeenAs })),
  };
  expect(ratios(values, said)).toMatchObject({ 'same.precision': 1, 'same.recall': 2 / 3 });
});

test('confidence is held against what came true', () => {
  const said = sayEdges(behind, [
    edge('kong.jsonl#1', 'kong.jsonl#2', { confidence: 0.8 }),
    edge('kong.jsonl#4', 'kong.jsonl#2', { confidence: 0.8, kind: 'nesting', kinds: ['nesting'] }),
  ]);
  expect(ratios(behind, said)['calibration.error']).toBeCloseTo(0.3);
});
