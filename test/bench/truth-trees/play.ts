import { seededRandom, type Random } from '#test/support/large/random.ts';

import type { App } from './shapes.ts';

/** A call as it really happened. Units: µs. */
export interface TreeCall {
  readonly service: string;
  readonly operation: string;
  /** The service that asked, empty for somebody outside. */
  readonly from: string;
  readonly start: number;
  readonly end: number;
  /** Place of the call that it was made to answer, -1 for one from outside. */
  readonly parent: number;
}

const MS = 1000;
/** Between two services, one way. Units: µs, median. */
const NETWORK = 150;
/** Spread of the time that work takes: a few times as long happens, which is what makes requests overlap. */
const SPREAD = 0.55;

/** Plays one call and all behind it. Returns when it ends; its own place is the one that `calls` had on entry. */
function playCall(app: App, random: Random, calls: TreeCall[], name: string, from: string, start: number, parent: number): number {
  const operation = app.operations[name] ?? { work: 1, stages: [] };
  const [service = '', path = ''] = name.split('/');
  const place = calls.length;
  const begun: TreeCall = { service, operation: path, from, start, end: start, parent };
  calls.push(begun);
  let now = start + random.around(operation.work * MS, SPREAD);
  for (const stage of operation.stages) {
    let over = now;
    for (const { to, odds, times } of stage) {
      if (!random.chance(odds)) continue;
      let free = now;
      for (let left = random.int(1, times); left > 0; left -= 1) {
        free = playCall(app, random, calls, to, service, free + random.around(NETWORK, SPREAD), place) + random.around(NETWORK, SPREAD);
      }
      over = Math.max(over, free);
    }
    now = over + random.around((operation.work * MS) / 3, SPREAD);
  }
  calls[place] = { ...begun, end: now };
  return now;
}

/** Plays so many requests from outside, which come at random, `load` times as dense as usual. Shape: in no order of time. */
export function playTrees(app: App, requests: number, load: number, seed: string): readonly TreeCall[] {
  const random = seededRandom(`${app.name} ${seed}`);
  const names = Object.entries(app.asked).flatMap(([name, weight]) => Array.from({ length: weight }, () => name));
  const calls: TreeCall[] = [];
  let now = 0;
  for (let request = 0; request < requests; request += 1) {
    now += (-Math.log(1 - random.next()) / (app.rate * load)) * 1000 * MS;
    playCall(app, random, calls, random.pick(names), '', now, -1);
  }
  return calls;
}
