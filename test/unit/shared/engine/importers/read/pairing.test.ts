import { expect, test } from 'vitest';
import { Pairing, WAITED_TOO_LONG, type Held } from '#shared/engine/importers/read/pairing.ts';

const shown = (held: readonly Held<string, string>[]): string[] =>
  held.map(({ question, answer }) => `${question ?? '-'}:${answer ?? '-'}`);

test('what is complete waits for what came before it', () => {
  const pairing = new Pairing<string, string>();
  pairing.ask('1', 'a', 1);
  pairing.ask('2', 'b', 1);
  pairing.answer('2', 'B', 1);
  expect(shown(pairing.take())).toEqual([]);
  pairing.answer('1', 'A', 1);
  expect(shown(pairing.take())).toEqual(['a:A', 'b:B']);
});

test('an answer without a request is not taken', () => {
  const pairing = new Pairing<string, string>();
  expect(pairing.answer('1', 'A', 1)).toBe(false);
});

test('a thousand others, or 16 million characters, are not held up by one', () => {
  const many = new Pairing<string, string>();
  many.ask('1', 'stuck', 1);
  for (let at = 0; at < 1000; at += 1) many.tell(String(at), undefined, 1);
  const given = many.take();
  expect(given).toHaveLength(1001);
  expect(given[0]?.ended).toBe(WAITED_TOO_LONG);
  expect(many.answer('1', 'late', 1)).toBe(false);
  const large = new Pairing<string, string>();
  large.ask('1', 'stuck', 1);
  large.tell('large', undefined, 20 * 1024 * 1024);
  expect(shown(large.take())).toEqual(['stuck:-', 'large:-']);
});

test('what is left at the end is given out as it is', () => {
  const pairing = new Pairing<string, string>();
  pairing.ask('1', 'a', 1);
  pairing.end('1', 'cancelled');
  pairing.ask('2', 'b', 1);
  expect(pairing.take()).toMatchObject([{ question: 'a', ended: 'cancelled' }]);
  expect(shown(pairing.rest())).toEqual(['b:-']);
});

test('what waits comes out in order and once, however often the front is given back', () => {
  const pairing = new Pairing<string, string>({ places: 10, units: 1000 });
  const given: string[] = [];
  for (let at = 0; at < 100; at += 1) {
    pairing.ask(String(at), String(at), 1);
    if (at % 3 === 0) pairing.answer(String(at), 'A', 1);
    given.push(...pairing.take().map(({ question = '' }) => question));
  }
  given.push(...pairing.rest().map(({ question = '' }) => question));
  expect(given).toEqual(Array.from({ length: 100 }, (_, at) => String(at)));
  expect(pairing.rest()).toEqual([]);
});

test('past a limit of 100,000 a record costs what it costs below it', () => {
  const places = 100_000;
  const pairing = new Pairing<number, string>({ places, units: Infinity });
  const run = (from: number): number => {
    const begin = performance.now();
    for (let at = from; at < from + places; at += 1) {
      pairing.ask(String(at), at, 1);
      pairing.take();
    }
    return performance.now() - begin;
  };
  const below = run(0);
  expect(run(places)).toBeLessThan(below * 8 + 100);
});
