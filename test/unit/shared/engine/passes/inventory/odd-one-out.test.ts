import { expect, test } from 'vitest';
import { findOdd, type OddInput } from '#shared/engine/passes/inventory/odd-one-out.ts';
import { newInventoryTally, type InventoryTally } from '#shared/engine/passes/inventory/tallies.ts';

const input = (id: number, template: string, fill: (tally: InventoryTally) => void, more: Partial<OddInput> = {}): OddInput => {
  const tally = newInventoryTally();
  tally.calls = 100;
  tally.answered = 100;
  fill(tally);
  return { id, method: 'GET', host: 'a', template, tally, contract: undefined, ...more };
};
const secured = (tally: InventoryTally): void => void tally.auth.set('bearer', 100);
const open = (tally: InventoryTally): void => {
  tally.anonymous = 10;
  tally.anonymousAnswered = 10;
};
const template = (id: number): string => `/api/v1/orders/part${String(id)}`;
const found = (inputs: readonly OddInput[]): readonly string[] =>
  findOdd(inputs).map(({ endpoint, control, has, usual, agreeing, siblings }) => `${String(endpoint)} ${control} ${has}, not ${usual} (${String(agreeing)} of ${String(siblings)})`); // prettier-ignore

test('a read that answers without a credential among reads that want one is odd', () => {
  const inputs = [1, 2, 3, 4, 5].map((id) => input(id, template(id), id === 5 ? open : secured));
  expect(found(inputs)).toEqual(['5 auth open, not credential (4 of 4)']);
});

test('the other way round nothing is odd: a protected endpoint among open ones is no fault', () => {
  expect(found([1, 2, 3, 4, 5].map((id) => input(id, template(id), id === 5 ? secured : open)))).toEqual([]);
});

test('reads and writes, other resources, and too few siblings are not compared', () => {
  expect(found([1, 2, 3, 4, 5].map((id) => input(id, template(id), id > 2 ? secured : open)))).toEqual([]);
  expect(found([1, 2, 3].map((id) => input(id, template(id), id === 3 ? open : secured)))).toEqual([]);
  const writes = [1, 2, 3, 4].map((id) => input(id, template(id), secured, { method: 'POST' }));
  expect(found([...writes, input(5, template(5), open)])).toEqual([]);
  const others = [1, 2, 3, 4].map((id) => input(id, template(id), secured));
  expect(found([...others, input(5, '/api/v1/health', open)])).toEqual([]);
});

test('what nobody saw is held against nobody: no credentials in the source, no calls', () => {
  expect(found([1, 2, 3, 4, 5].map((id) => input(id, template(id), id === 5 ? () => undefined : secured)))).toEqual([]);
  const silent = input(5, template(5), (tally) => {
    open(tally);
    tally.calls = 0;
  });
  expect(found([...[1, 2, 3, 4].map((id) => input(id, template(id), secured)), silent])).toEqual([]);
});

test('another origin than the siblings allow, another shape of errors, and more failures are odd', () => {
  const cors = [1, 2, 3, 4, 5].map((id) =>
    input(id, template(id), (tally) => {
      tally.answersWithHeaders = 5;
      if (id === 5) tally.headers.set('access-control-allow-origin\n*', { calls: 5, example: 1, order: 1 });
    }),
  );
  expect(found(cors)).toEqual(['5 cors any origin, not none (4 of 4)']);
  const errors = [1, 2, 3, 4, 5].map((id) => input(id, template(id), (tally) => void tally.errorShapes.set(id === 5 ? 'text/html' : '{code, message}', 3)));
  expect(found(errors)).toEqual(['5 error-shape text/html, not {code, message} (4 of 4)']);
  const failing = [1, 2, 3, 4, 5].map((id) =>
    input(id, template(id), (tally) => {
      tally.failed = id === 5 ? 20 : 0;
    }),
  );
  expect(found(failing)).toEqual(['5 failures fails often, not hardly ever fails (4 of 4)']);
}); // prettier-ignore
