import { addTo } from '../../../../lib/group-values.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { clientInLog } from '../client-in-log.ts';
import type { Carried } from './carried-arguments.ts';
import { shiftOf } from './tool-clock.ts';
import type { ToolCalls } from './tool-arguments.ts';

/** Calls of tools open at once that are looked at; more are open only in load tests. */
const MAX_OPEN = 64;
/** Children end a little after their parents in real logs. Units: µs. */
const SLACK = 2_000;
/** Clocks that nothing has set differ by less. Units: µs. */
const REACH = 30_000_000;

/** What a call shows of the arguments of tools. */
export interface Showing {
  readonly at: number;
  readonly carried: readonly Carried[];
}

/**
 * What to add to the times of each client's calls, where the clock of its log is off. Told client by client: of all who show arguments of tools
 * most only work on the same subjects, and no clock explains those. Units: µs.
 */
export function shiftsOf(calls: CallColumns, tools: ToolCalls, showing: readonly Showing[]): (at: number) => number {
  const byClient = new Map<string, Showing[]>();
  for (const one of showing) addTo(byClient, clientInLog(calls, one.at), one);
  const shifts = new Map([...byClient].map(([client, own]) => [client, shiftOf(differences(calls, tools, own))]));
  return (at) => shifts.get(clientInLog(calls, at)) ?? 0;
}

/** The place of the first of some calls in time order that begins after a time. */
function firstAfter(calls: CallColumns, list: readonly number[], time: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(calls.start, numberAt(list, middle)) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The calls of tools that were open while each call lasted, for calls asked about in time order. */
export function openDuring(calls: CallColumns, tools: ToolCalls, shift: (at: number) => number): (at: number) => readonly number[] {
  const longest = tools.list.reduce((most, tool) => Math.max(most, numberAt(calls.end, tool) - numberAt(calls.start, tool)), 0);
  return (at) => {
    const [start, end] = [numberAt(calls.start, at) + shift(at), numberAt(calls.end, at) + shift(at)];
    const after = firstAfter(calls, tools.list, start + SLACK);
    const open: number[] = [];
    for (let place = after - 1; place >= 0 && open.length < MAX_OPEN; place -= 1) {
      const tool = numberAt(tools.list, place);
      if (numberAt(calls.start, tool) + longest + SLACK < end) break;
      if (numberAt(calls.end, tool) + SLACK >= end && numberAt(calls.source, tool) !== numberAt(calls.source, at)) open.push(tool);
    }
    return open;
  };
}

/** Beginnings and ends of calls against those of the nearest tool that was given what they show, for setting a clock. */
function differences(
  calls: CallColumns,
  tools: ToolCalls,
  showing: readonly Showing[],
): readonly (readonly [early: number, late: number])[] {
  return showing.flatMap(({ at, carried }) => {
    const start = numberAt(calls.start, at);
    const apart = (tool: number): number => Math.abs(numberAt(calls.start, tool) - start);
    const nearest = carried
      .flatMap(({ text }) => {
        const after = firstAfter(calls, tools.withArgument(text), start);
        return tools.withArgument(text).slice(Math.max(0, after - 1), after + 1);
      })
      .reduce((best, tool) => (apart(tool) <= REACH && (best === NONE || apart(tool) < apart(best)) ? tool : best), NONE);
    return nearest === NONE
      ? []
      : [[numberAt(calls.start, nearest) - start, numberAt(calls.end, nearest) - numberAt(calls.end, at)] as const];
  });
}
