import { expect, test } from 'vitest';
import { createEta } from '#renderer/query/eta.ts';

test('nothing is said before the work has gone on for three seconds', () => {
  const eta = createEta(0);
  expect(eta.push(10, 100, 1000)).toBeUndefined();
  expect(eta.push(20, 100, 2000)).toBeUndefined();
});

test('ten units a second with seventy left is seven seconds', () => {
  const eta = createEta(0);
  for (const second of [1, 2]) eta.push(second * 10, 100, second * 1000);
  expect(eta.push(30, 100, 3000)).toBe(7000);
});

test('one slow batch does not make the estimate jump', () => {
  const eta = createEta(0);
  for (const second of [1, 2, 3, 4]) eta.push(second * 10, 100, second * 1000);
  expect(eta.push(41, 100, 9000)).toBe(5900);
});

test('without a total, or at the end, there is nothing left to tell', () => {
  const eta = createEta(0);
  eta.push(10, undefined, 1000);
  expect(eta.push(50, undefined, 5000)).toBeUndefined();
  expect(eta.push(60, 60, 6000)).toBe(0);
});

test('a new step that counts from the beginning forgets the rate of the last one', () => {
  const eta = createEta(0);
  eta.push(100, 100, 3000);
  expect(eta.push(0, 50, 4000)).toBeUndefined();
});

test('time that a job is held is no work time', () => {
  const eta = createEta(0);
  for (const second of [1, 2, 3, 4]) eta.push(second * 10, 100, second * 1000);
  eta.hold();
  eta.push(40, 100, 600_000);
  expect(eta.push(50, 100, 601_000)).toBe(5000);
});

test('batches that come in bursts count over a quarter of a second at least', () => {
  const eta = createEta(0);
  eta.push(0, 1000, 0);
  for (let at = 0; at < 4000; at += 500) for (const burst of [1, 2, 3]) eta.push(at / 10 + burst * 10, 1000, at + burst);
  expect(eta.push(400, 1000, 4000)).toBeGreaterThan(4000);
  expect(eta.push(400, 1000, 4000)).toBeLessThan(9000);
});
