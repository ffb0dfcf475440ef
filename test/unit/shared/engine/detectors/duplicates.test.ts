import { expect, test } from 'vitest';
import type { FindingDraft } from '#shared/engine/detectors/detector.ts';
import { joinDuplicates, type Counted } from '#shared/engine/detectors/duplicates.ts';

const draft = (calls: readonly number[], principals: readonly number[]): FindingDraft => ({
  subject: String(calls[0]),
  title: `calls ${calls.join()}`,
  severity: { base: 'medium', steps: [] },
  confidence: 'inferred',
  score: 0.5,
  principals,
  credentials: [],
  endpoints: [],
  chains: [],
  calls,
  observed: {},
  expected: {},
  benignTested: [],
  remediation: [],
});
const entry = (detector: string, calls: readonly number[], more: Partial<Counted> = {}): Counted => ({
  detector,
  draft: draft(calls, [1]),
  joinsOthers: true,
  isIncident: true,
  tells: undefined,
  severity: 'medium',
  window: [(calls[0] ?? 0) * 1e9, (calls.at(-1) ?? 0) * 1e9],
  byNetwork: false,
  ...more,
});

test('a finding whose calls a more urgent one holds joins it with its words', () => {
  const [only, ...others] = joinDuplicates([entry('proof', [1, 2, 3, 4, 5]), entry('rate-burst', [2, 3, 4])], Number);
  expect(others).toEqual([]);
  expect(only?.draft.calls).toEqual([1, 2, 3, 4, 5]);
  expect(only?.draft.observed['alsoToldBy']).toEqual(['calls 2,3,4 (rule rate-burst)']);
});

test('what one principal’s joined finding holds beyond the other comes along, with the facts that say why', () => {
  const replay = draft([1, 2, 3, 4, 5, 6], [1]);
  const found = [
    entry('bola-enumeration', [1, 2, 3, 4, 5]),
    entry('token-replay-context', [1], { draft: { ...replay, observed: { otherNames: ['key-2'], rounds: 4 } } }),
  ];
  const [only] = joinDuplicates(found, Number);
  expect(only?.draft.calls).toEqual([1, 2, 3, 4, 5, 6]);
  expect(only?.draft.observed).toMatchObject({ otherNames: ['key-2'] });
  expect(only?.draft.observed['rounds']).toBeUndefined();
});

test('of two accounts of what left, the one of more bytes is kept, with its numbers', () => {
  const taking = (calls: readonly number[], observed: FindingDraft['observed']): FindingDraft => ({
    ...draft(calls, [1]),
    observed,
    exhibits: [{ kind: 'ledger', title: `What left: ${String(observed['bytesTaken'])} B in 2 answers`, head: [], rows: [], omitted: 0 }],
  });
  const part = entry('secret-exposure', [1, 2, 3, 4], {
    draft: taking([1, 2, 3, 4], { bytesTaken: 10, answersWithoutLength: 1, usesElsewhere: 4 }),
  });
  const whole = entry('bulk-data-egress', [1, 2, 3], { draft: taking([1, 2, 3], { bytesTaken: 30, takenFrom: ['x'] }) });
  for (const order of [
    [part, whole],
    [whole, part],
  ]) {
    const [only] = joinDuplicates(order, Number);
    expect(only?.draft.exhibits?.map(({ title }) => title)).toEqual(['What left: 30 B in 2 answers']);
    expect(only?.draft.observed).toMatchObject({ bytesTaken: 30, takenFrom: ['x'] });
    expect(only?.draft.observed['answersWithoutLength']).toBeUndefined();
  }
});

test('the same detector about the same hour a step further in joins with its calls', () => {
  const inner = entry('bola-enumeration', [6, 7], { window: [2e9, 3e9], byNetwork: true, draft: draft([6, 7], [9]) });
  const [only, ...others] = joinDuplicates([entry('bola-enumeration', [1, 2, 3, 4]), inner], Number);
  expect(others).toEqual([]);
  expect(only?.draft.calls).toEqual([1, 2, 3, 4, 6, 7]);
});

test('other calls of another principal, and detectors that speak for themselves, stay apart', () => {
  const other = entry('bola-enumeration', [6, 7], { window: [2e9, 3e9], draft: draft([6, 7], [9]) });
  expect(joinDuplicates([entry('bola-enumeration', [1, 2, 3, 4]), other], Number)).toHaveLength(2);
  expect(joinDuplicates([entry('a', [1, 2, 3]), entry('b', [1, 2], { joinsOthers: false })], Number)).toHaveLength(2);
});

test('what one principal did beside it in the same run joins with its calls, whether it shares calls or not', () => {
  const leak = entry('leak', [1, 2, 3, 4], { window: [0, 60e6] });
  const walk = entry('bola-enumeration', [5, 6], { window: [10e6, 20e6] });
  const [only, ...others] = joinDuplicates([leak, walk], Number);
  expect(others).toEqual([]);
  expect(only?.draft.calls).toEqual([1, 2, 3, 4, 5, 6]);
  expect(joinDuplicates([leak, { ...walk, severity: 'low' }], Number)).toHaveLength(2);
});

test('beside a finding of days only what shares a quarter of its calls joins; of another principal, none', () => {
  const days = entry('leak', [1, 2, 3, 4], { window: [0, 9e10] });
  expect(joinDuplicates([days, entry('walk', [5, 6, 7], { window: [10e6, 20e6] })], Number)).toHaveLength(2);
  expect(joinDuplicates([days, entry('walk', [4, 6, 7], { window: [10e6, 20e6] })], Number)).toHaveLength(1);
  expect(joinDuplicates([days, entry('walk', [4, 6, 7], { window: [10e6, 20e6], draft: draft([4, 6, 7], [2]) })], Number)).toHaveLength(2);
});

test('a mere measure stands back behind what says what the calls were, and hands on its severity', () => {
  const burst = entry('rate-burst', [1, 2, 3, 4, 5], { tells: 'how-much', severity: 'low' });
  const recon = entry('recon-fanout', [1, 2, 3, 4], {
    severity: 'info',
    draft: { ...draft([1, 2, 3, 4], [1]), severity: { base: 'info', steps: [] } },
  });
  const [only, ...others] = joinDuplicates([burst, recon], Number);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ detector: 'recon-fanout', draft: { severity: { steps: [{ by: 1 }] } } });
  expect(only?.draft.observed['alsoToldBy']).toEqual(['calls 1,2,3,4,5 (rule rate-burst)']);
});

test('a measure that is an alarm of its own takes others in as ever', () => {
  const [only] = joinDuplicates(
    [entry('bulk-data-egress', [1, 2, 3], { tells: 'how-much', severity: 'high' }), entry('x', [1, 2])],
    Number,
  );
  expect(only).toMatchObject({ detector: 'bulk-data-egress', draft: { severity: { steps: [] } } });
});

test('what says how calls were made joins what they were made for, also where it came first', () => {
  const found = [
    entry('injection-then-action', [1, 2, 3], { severity: 'critical' }),
    entry('leak', [2, 3, 4, 5, 1], { joinsOthers: false }),
  ];
  const [only, ...others] = joinDuplicates(found, Number);
  expect([only?.detector, others]).toEqual(['leak', []]);
  expect(only?.draft.severity.steps).toEqual([{ by: 2, why: 'injection-then-action tells of the same calls' }]);
  // A part of it, and whose hands a credential was in, are told by themselves.
  expect(
    joinDuplicates([entry('injection-then-action', [1, 2, 3, 6]), entry('leak', [1, 2, 3], { joinsOthers: false })], Number),
  ).toHaveLength(2);
  expect(
    joinDuplicates([entry('replay', [1, 2], { tells: 'whose' }), entry('leak', [1, 2, 3], { joinsOthers: false })], Number),
  ).toHaveLength(2);
});

test('who had the credential stands before what was done with it, and takes over the worse severity', () => {
  const theft = entry('token-replay-context', [2, 3, 4], { tells: 'whose' });
  const [only, ...others] = joinDuplicates([entry('bola-enumeration', [1, 2, 3, 4, 5], { severity: 'high' }), theft], Number);
  expect(others).toEqual([]);
  expect(only?.detector).toBe('token-replay-context');
  expect(only?.draft.calls).toEqual([1, 2, 3, 4, 5]);
  expect(only?.draft.severity.steps).toEqual([{ by: 1, why: 'bola-enumeration tells of the same calls' }]);
});

test('a proof that speaks for itself takes in even a theft', () => {
  const proof = entry('sensitive-read-to-external-write', [1, 2, 3, 4], { joinsOthers: false });
  const [only] = joinDuplicates([proof, entry('token-replay-context', [2, 3, 4], { tells: 'whose' })], Number);
  expect(only?.detector).toBe('sensitive-read-to-external-write');
});

test('how a credential was lost takes in how it was used', () => {
  const leak = entry('secret-exposure', [1, 2, 3, 4], { tells: 'whose', joinsOthers: false });
  const replay = entry('token-replay-context', [2, 3, 4], { tells: 'whose' });
  for (const order of [[leak, replay], [replay, leak]]) {
    const [only, ...others] = joinDuplicates(order, Number);
    expect(others).toEqual([]);
    expect(only?.detector).toBe('secret-exposure');
  }
}); // prettier-ignore
