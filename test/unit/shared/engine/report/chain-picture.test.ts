import { expect, test } from 'vitest';
import type { CallJson, ChainJson, EdgeJson } from '#shared/contract/report-json.ts';
import { chainPicture, valueName } from '#shared/engine/report/chain-picture.ts';

/** Calls from lines `METHOD host template`; edges from `1>3 value`. */
function draw(lines: readonly string[], links: readonly string[], marked: readonly number[] = []): ReturnType<typeof chainPicture> {
  const calls = lines.map((line, index): CallJson => {
    const [method = '', host = '', template = ''] = line.split(' ');
    return {
      ref: `a#${String(index)}`,
      timeKind: 'start',
      method,
      host,
      path: template,
      endpoint: `${method} ${host}${template}`,
      status: 200,
      format: 'har',
    };
  });
  const edges = links.map((link): EdgeJson => {
    const [, from = '', to = '', kind = ''] = /^(\d+)>(\d+) (\w+)$/.exec(link) ?? [];
    return {
      from: `a#${from}`,
      to: `a#${to}`,
      kind: kind as EdgeJson['kind'],
      kinds: [],
      confidence: 0.8,
      why: '',
      fromAt: 'response $.items[*].id',
    };
  });
  const chain: ChainJson = { id: 'a#0', root: 'a#0', signature: '', depth: 1, calls: calls.map((call) => call.ref), edges };
  const byRef = new Map(calls.map((call) => [call.ref, call]));
  return chainPicture(
    chain,
    { call: (ref) => byRef.get(ref), marked: new Set(marked.map((index) => `a#${String(index)}`)), severity: 'high', kindOf: new Map() },
    'Chain',
  );
}

test('a step is a row, a host a column', () => {
  const picture = draw(['GET a.test /x', 'GET b.test /y', 'POST a.test /z'], ['0>1 trace', '1>2 value']);
  expect(picture.lanes.map((lane) => lane.label)).toEqual(['a.test', 'b.test']);
  expect(picture.nodes.map((node) => node.label)).toEqual(['GET /x', 'GET /y', 'POST /z']);
  expect(picture.nodes[0]?.x).toBe(picture.nodes[2]?.x);
  expect((picture.nodes[1]?.y ?? 0) > (picture.nodes[0]?.y ?? 0)).toBe(true);
  expect(picture.edges).toEqual([
    { from: 0, to: 1, style: 'proved', label: 'trace' },
    { from: 1, to: 2, style: 'value', label: 'id' },
  ]);
});

test('a long run of one endpoint folds into one box that says how often', () => {
  const picture = draw(
    ['GET a.test /list', ...Array.from({ length: 40 }, () => 'GET a.test /item'), 'POST b.test /out'],
    ['0>1 value', '0>2 value', '2>41 value'],
    [41],
  );
  expect(picture.nodes.map((node) => `${node.label} ${node.detail} ${node.severity ?? ''}`)).toEqual([
    'GET /list 1 · 200 ',
    'GET /item 2 · 200 · ×40 ',
    'POST /out 3 · 200 high',
  ]);
  expect(picture.edges.map((edge) => edge.label)).toEqual(['id ×2', 'id']);
  expect(picture.caption).toContain('42 of 42 calls shown, folded into 3 boxes');
});

test('more endpoints than fit leave out those that nothing links or names, and say so', () => {
  const picture = draw(
    Array.from({ length: 30 }, (_, index) => `GET a.test /p${String(index)}`),
    ['20>29 value'],
    [25],
  );
  expect(picture.nodes).toHaveLength(12);
  expect(picture.nodes.map((node) => node.label)).toEqual(expect.arrayContaining(['GET /p20', 'GET /p25', 'GET /p29']));
  expect(picture.caption).toContain('12 of 30 calls shown');
});

test('more hosts than columns share the last one, and those of the evidence keep their own', () => {
  const lines = Array.from({ length: 7 }, (_, index) => `GET h${String(index)}.test /x`);
  expect(draw(lines, []).lanes.map((lane) => lane.label)).toEqual(['h0.test', 'h1.test', '5 other hosts']);
  expect(draw(lines, [], [6]).lanes.map((lane) => lane.label)).toEqual(['h0.test', 'h6.test', '5 other hosts']);
});

test('an inferred link says how sure it is', () => {
  expect(draw(['GET a.test /x', 'GET a.test /y'], ['0>1 nesting']).edges[0]).toEqual({
    from: 0,
    to: 1,
    style: 'inferred',
    label: 'nesting 80 %',
  });
});

test('the name of a value is the last name of its pointer', () => {
  const edge = (fromAt: string): EdgeJson => ({ from: 'a#1', to: 'a#2', kind: 'value', kinds: [], confidence: 1, why: '', fromAt });
  expect(valueName(edge('response $.items[*].id'))).toBe('id');
  expect(valueName(edge('response $[0]'))).toBe('0');
});

test('calls are drawn in the order of the chain, that of the common clock, and the caption says by how much clocks differ', () => {
  const call = (ref: string, time: string, host: string): CallJson => ({
    ...{ ref, time, timeKind: 'start', method: 'GET', host, path: '/a', endpoint: `GET ${host}/a`, status: 200, format: 'har' },
  });
  const calls = [call('mesh#1', '2026-10-01T10:00:00.000000Z', 'mesh.test'), call('gate#1', '2026-10-01T10:00:41.500000Z', 'gate.test')];
  const edge: EdgeJson = { from: 'gate#1', to: 'mesh#1', kind: 'trace', kinds: ['trace'], confidence: 0.9, why: '' };
  const chain: ChainJson = { id: 'mesh#1', root: 'gate#1', signature: '', depth: 1, calls: ['gate#1', 'mesh#1'], edges: [edge] };
  const context = { marked: new Set<string>(), severity: 'high' as const, kindOf: new Map() };
  const picture = chainPicture(
    chain,
    { ...context, call: (ref) => calls.find((each) => each.ref === ref), aheadOf: (ref) => (ref === 'mesh#1' ? -41_600 : 0) },
    'Chain',
  );
  expect(picture.lanes.map(({ label }) => label)).toEqual(['gate.test', 'mesh.test']);
  expect(picture.edges).toMatchObject([{ from: 0, to: 1 }]);
  expect(picture.caption).toContain('whose clocks differ by up to 41.6 s');
});
