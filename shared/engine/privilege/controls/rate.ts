import type { ControlInput, PreparedControl, Verdict, Control } from '../control.ts';

/** Units: µs. */
const MINUTE = 60_000_000;

/** Most calls of one minute in the window, by what is counted together. */
function busiest({ calls, phases }: ControlInput, groupOf: (index: number) => number): ReadonlyMap<number, number> {
  const most = new Map<number, number>();
  const open = new Map<number, { readonly minute: number; readonly count: number }>();
  for (let index = 0; index < calls.count; index += 1) {
    const time = calls.time[index] ?? NaN;
    if (phases.of[index] !== 'training' || Number.isNaN(time)) continue;
    const [group, minute] = [groupOf(index), Math.floor(time / MINUTE)];
    const current = open.get(group);
    const count = current?.minute === minute ? current.count + 1 : 1;
    open.set(group, { minute, count });
    if (count > (most.get(group) ?? 0)) most.set(group, count);
  }
  return most;
}

/** Lets as many calls of a group into a minute as its busiest minute had. What is refused does not count. */
function limiter(
  { calls }: ControlInput,
  limits: ReadonlyMap<number, number>,
  groupOf: (index: number) => number,
): PreparedControl['judge'] {
  const open = new Map<number, { minute: number; count: number }>();
  return (index): Verdict => {
    const time = calls.time[index] ?? NaN;
    const group = groupOf(index);
    const limit = limits.get(group);
    if (limit === undefined || Number.isNaN(time)) return 'unknown';
    const minute = Math.floor(time / MINUTE);
    let current = open.get(group);
    if (current?.minute !== minute) open.set(group, (current = { minute, count: 0 }));
    if (current.count >= limit) return 'block';
    current.count += 1;
    return 'pass';
  };
}

const ASSUMES = 'Minutes of the clock are counted, and a call that is refused is not tried again.';

/** No more calls in a minute than in the busiest one of the window. */
export const rate: Control = {
  id: 'rate',
  prepare: (input) => {
    const limits = busiest(input, () => 0);
    const limit = limits.get(0);
    if (limit === undefined) return undefined;
    return {
      title: `rate of at most ${limit === 1 ? '1 call' : `${limit.toLocaleString('en-US')} calls`} a minute`,
      assumes: ASSUMES,
      judge: limiter(input, limits, () => 0),
    };
  },
};

/** The same for every operation by itself: a walk through one operation stands out where the sum of all does not. */
export const ratePerOperation: Control = {
  id: 'rate-operation',
  prepare: (input) => {
    const groupOf = (index: number): number => input.calls.endpoint[index] ?? 0;
    const limits = busiest(input, groupOf);
    if (limits.size === 0) return undefined;
    return {
      title: 'rate of each endpoint as in its busiest minute',
      assumes: `${ASSUMES} Endpoints that the window does not have are not judged.`,
      judge: limiter(input, limits, groupOf),
    };
  },
};
