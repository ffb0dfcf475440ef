import { breadth } from './breadth.ts';
import { burst } from './burst.ts';
import { drift } from './drift.ts';
import { egress } from './egress.ts';
import { loop } from './loop.ts';
import { offHours } from './off-hours.ts';
import { pace } from './pace.ts';
import { pages } from './pages.ts';
import { steady } from './steady.ts';
import type { SignalKind } from './signal.ts';

/** All kinds of signals, in the order in which they are looked for. */
export const signalKinds: readonly SignalKind[] = [breadth, burst, drift, egress, loop, offHours, pace, pages, steady];
