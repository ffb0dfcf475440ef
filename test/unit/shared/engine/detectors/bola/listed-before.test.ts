import { expect, test } from 'vitest';
import { countListed, type Answer } from '#shared/engine/detectors/bola/listed-before.ts';

const MINUTE = 60_000_000;
const page = (minute: number, bytes: number | null = 200, path = '/orders'): Answer => ({ path, time: minute * MINUTE, bytes });
const call = (minute: number, collection = '/orders'): { collection: string; time: number } => ({ collection, time: minute * MINUTE });

test('a list counts for half an hour, for the objects that stand in it, and its room once', () => {
  const answers = [page(40), page(0), page(10, 400, '/items')];
  expect(countListed([call(5), call(0), call(29)], answers)).toEqual({ share: 1, room: 10 });
  // Too late, of another list, before any.
  expect(countListed([call(31), call(5, '/items'), call(39.5)], answers)).toEqual({ share: 0, room: 0 });
  expect(countListed([call(12, '/items'), call(45), call(5)], answers)).toEqual({ share: 1, room: 40 });
  // Of unknown size: what interfaces give at most.
  expect(countListed([call(1)], [page(0, null)])).toEqual({ share: 1, room: 1000 });
});

test('twenty thousand calls after as many answers of one list are told without holding each against each', () => {
  let reads = 0;
  const answers = Array.from({ length: 20_000 }, (_, at): Answer => ({
    path: '/orders',
    get time() {
      reads += 1;
      return at * 1_000_000;
    },
    bytes: 20,
  })); // prettier-ignore
  const calls = Array.from({ length: 20_000 }, (_, at) => ({ collection: '/orders', time: at * 1_000_000 }));
  expect(countListed(calls, answers)).toEqual({ share: 1, room: 20_000 });
  // Each against each would be four hundred million.
  expect(reads).toBeLessThan(2_000_000);
});
