import { describe, expect, test } from 'vitest';
import { shapeOf, type ShapeCall } from '#shared/model/chain-shape.ts';
import { ROOT } from '#shared/model/chain-tree.ts';

/** Calls as `step` or `step!`, one a second, half a second long unless said; a call under another one as `step<place`. */
function shape(text: string, options: { readonly length?: number; readonly pause?: number } = {}): string {
  const { length = 0.5, pause = 1 } = options;
  const causes: number[] = [];
  const calls = text.split(' ').map((word, place): ShapeCall => {
    const [name = '', cause] = word.split('<');
    causes.push(cause === undefined ? ROOT : Number(cause));
    return { step: name.replace('!', ''), hasFailed: name.endsWith('!'), start: place * pause, end: place * pause + length };
  });
  return shapeOf(calls, Int32Array.from(causes));
}

describe('the shape of a chain', () => {
  test('three repeats and thirty are the same, two kinds of step are not', () => {
    expect(shape('list item<0 item<0 item<0')).toBe('list(item+)');
    expect(shape(`list${' item<0'.repeat(30)}`)).toBe('list(item+)');
    expect(shape('list item<0 other<0')).toBe('list(item > other)');
  });

  test('a round of steps folds however often it ran', () => {
    expect(shape('poll read poll read poll read done')).toBe('(poll > read)+ > done');
    expect(shape('poll read poll read done')).toBe('(poll > read)+ > done');
    expect(shape('poll read write poll read write write')).toBe('poll > read > write > poll > read > write+');
  });

  test('calls at once have no order, calls one after the other do', () => {
    expect(shape('b a c', { length: 5 })).toBe('[a & b & c]');
    expect(shape('c b a b', { length: 5 })).toBe('[a & b+ & c]');
    expect(shape('b a')).toBe('b > a');
  });

  test('a call that failed is another step', () => {
    expect(shape('login! login! login page')).toBe('login!+ > login > page');
  });

  test('calls without a time stand in their order', () => {
    expect(shape('a b', { pause: NaN })).toBe('a > b');
  });

  test('shapes that are too long to print still differ where they are cut', () => {
    const long = Array.from({ length: 300 }, (_, place) => `step${String(place)}`).join(' ');
    expect(shape(long).length).toBeLessThan(1_600);
    expect(shape(`${long} x`)).not.toBe(shape(`${long} y`));
  });

  test('a branch of ten thousand calls, each the cause of the next, is written without recursion', () => {
    const text = Array.from({ length: 10_000 }, (_, place) => (place === 0 ? 'a' : `a<${String(place - 1)}`)).join(' ');
    expect(shape(text)).toMatch(/^a\(a\(a/);
  });
});
