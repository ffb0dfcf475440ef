import { expect, test } from 'vitest';
import type { ComparedEndpoint, ComparedFinding, InventoryState } from '#shared/contract/compare.ts';
import { compareStates } from '#shared/engine/comparison/compare-states.ts';

const endpoint = (id: string, more: Partial<ComparedEndpoint> = {}): ComparedEndpoint => ({
  id, spec: 'documented', sensitivity: 'S1', flags: [], auth: ['bearer'], calls: 3, principals: 1, agents: 0, dataTypes: [], ...more,
}); // prettier-ignore
const finding = (id: string, more: Partial<ComparedFinding> = {}): ComparedFinding => ({
  id, title: id, detector: id, severity: 'high', family: 'posture', status: 'suggested', endpoints: ['GET a/x'], ...more,
}); // prettier-ignore
const state = (more: Partial<InventoryState>): InventoryState => ({
  title: '',
  calls: 0,
  endpoints: [],
  principals: [],
  weeks: [],
  ...more,
});

test('endpoints are new, gone or changed; counts of calls alone are no change', () => {
  const { endpoints } = compareStates(
    state({ endpoints: [endpoint('GET a/old'), endpoint('GET a/x'), endpoint('GET a/y', { calls: 1 })] }),
    state({ endpoints: [endpoint('GET a/x', { spec: 'zombie', auth: ['bearer', 'none'] }), endpoint('GET a/y'), endpoint('GET a/z')] }),
  );
  expect(endpoints.new.map(({ id }) => id)).toEqual(['GET a/z']);
  expect(endpoints.gone.map(({ id }) => id)).toEqual(['GET a/old']);
  expect(endpoints.changed.map(({ changes }) => changes)).toEqual([
    [
      { what: 'spec', before: 'documented', after: 'zombie' },
      { what: 'auth', before: '', after: 'none' },
    ],
  ]);
  expect(endpoints.same).toBe(1);
});

test('a kind of data is new when no endpoint had it before', () => {
  const before = [endpoint('GET a/x', { dataTypes: ['email response $.email'] })];
  const after = [endpoint('GET a/x', { dataTypes: ['email response $.mail', 'iban response $.iban'] })];
  expect(compareStates(state({ endpoints: before }), state({ endpoints: after })).dataTypes).toEqual({ new: ['iban'], gone: [] });
});

test('agents stand first among the principals, and a principal that turns out to be one is a change', () => {
  const { principals } = compareStates(
    state({ principals: [{ id: 's', label: 's', kind: 'service', calls: 1 }] }),
    state({
      principals: [
        { id: 'h', label: 'h', kind: 'human', calls: 1 },
        { id: 'b', label: 'b', kind: 'agent', calls: 1 },
        { id: 's', label: 's', kind: 'agent', calls: 1 },
      ],
    }),
  );
  expect(principals.new.map(({ id }) => id)).toEqual(['b', 'h']);
  expect(principals.changed[0]?.changes).toEqual([{ what: 'kind', before: 'service', after: 'agent' }]);
});

test('findings are fixed, new or persisting; of one that is gone it is counted which endpoints were called again', () => {
  const { findings } = compareStates(
    state({
      findings: [finding('a'), finding('b'), finding('c', { endpoints: ['GET a/gone', 'GET a/x'] }), finding('d', { status: 'dismissed' })],
    }),
    state({ findings: [finding('b'), finding('e')], endpoints: [endpoint('GET a/x')] }),
  );
  expect(findings?.fixed.map(({ id, calledAgain }) => [id, calledAgain])).toEqual([['a', 1], ['c', 1]]); // prettier-ignore
  expect(findings?.new.map(({ id }) => id)).toEqual(['e']);
  expect(findings?.persisting.map(({ id }) => id)).toEqual(['b']);
});

test('windows have no findings of their own', () => {
  expect('findings' in compareStates(state({}), state({ findings: [] }))).toBe(false);
});

test('figures stand side by side under their names, and one without input on a side has no value there', () => {
  const figure = (label: string, value: string) => ({ label, value, definition: `what ${label} counts` });
  const [before, after] = [
    { version: 1, figures: [figure('agents', '2'), figure('until it could be noticed', '3 min')] },
    { version: 2, figures: [figure('write calls', '9 %'), figure('agents', '5')] },
  ];
  expect(compareStates(state({ figures: before }), state({ figures: after })).figures).toEqual({
    versions: [1, 2],
    rows: [
      { label: 'write calls', definition: 'what write calls counts', after: '9 %' },
      { label: 'agents', definition: 'what agents counts', before: '2', after: '5' },
      { label: 'until it could be noticed', definition: 'what until it could be noticed counts', before: '3 min' },
    ],
  });
  expect('figures' in compareStates(state({ figures: before }), state({}))).toBe(false);
});
