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
