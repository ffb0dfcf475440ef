import { expect, test } from 'vitest';

import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText, edgeTexts } from '#test/support/calls-from-text.ts';

/** Seconds on two clocks: that of the gateway and the first host, and one that is 20 s ahead of it. */
const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;

/** Requests every 97 s: one through a front on the gateway's clock, one through a front and a host behind it that run ahead. */
const estate = (inner: number, balancer = false): string =>
  Array.from({ length: 12 }, (_, index) => {
    const at = index * 97 + (index % 5) * 7;
    const item = String(index % 4);
    return `
      ${clock(at)}       -  GET  api.test/a/p${item}    200  dur=400 ip=192.0.2.${item} up=10.0.1.1:80
      ${clock(at + 0.1)} -  GET  a.svc.test/a/p${item}  200  in=otel trace=a${String(index)} span=a${String(index)} dur=200 ip=10.0.0.1 up=10.0.1.1
      ${clock(at + 31)}  -  GET  api.test/b/p${item}    200  dur=400 ip=192.0.2.${item} up=10.0.1.2:80
      ${
        balancer
          ? `${clock(at)}       -  GET  api.test/a/p${item}    200  in=alb dur=402 ip=192.0.2.${item} up=10.0.0.9:80
      ${clock(at + 31)}  -  GET  api.test/b/p${item}    200  in=alb dur=402 ip=192.0.2.${item} up=10.0.0.9:80`
          : ''
      }
      ${clock(at + 51.1)} -  GET  b.svc.test/b/p${item}  200  in=otel trace=b${String(index)} span=b${String(index)} dur=200 ip=10.0.0.1 up=10.0.1.2
      ${clock(at + 31.15 + inner)} -  GET  c.svc.test/c  200  in=otel trace=c${String(index)} span=c${String(index)} dur=50 ip=10.0.1.2 up=10.0.1.3`;
  }).join('\n');

const inside = async (inner: number, balancer = false): Promise<readonly string[]> => {
  const made = caseFromText(estate(inner, balancer));
  await chainsPass.run(made.context);
  const name = (ref: string): string => `${ref.split('#')[0] ?? ''} ${String((Number(ref.split('#')[1]) - 1) % 3)}`;
  return edgeTexts(made.db)
    .map((line) => line.split(' '))
    .filter(([from = '', , to = '']) => from.startsWith('otel') && to.startsWith('otel'))
    .map(([from = '', , to = '']) => `${name(from)} > ${name(to)}`);
};

test('a host that only another host calls is on the clock on which its calls lie within those of its principal', async () => {
  expect(await inside(20)).toEqual(Array.from({ length: 12 }, () => 'otel 1 > otel 2'));
  expect(await inside(0)).toEqual(Array.from({ length: 12 }, () => 'otel 1 > otel 2'));
});

test('a second log of the same calls measures the same clock and is no rival of it', async () => {
  expect(await inside(20, true)).toHaveLength(12);
});

test('a host on a clock that nobody else has is left where it was', async () => {
  expect(await inside(9)).toEqual([]);
});
