import type { Control, ControlInput, PreparedControl, Verdict } from './control.ts';
import type { Phase } from './phases.ts';

/** Which calls a number of the replay counts. */
export type ReplaySide = 'incident' | 'legitimate';

/** What a control would have done with the calls of one principal. */
export interface ControlOutcome {
  readonly id: string;
  readonly title: string;
  readonly assumes: string;
  readonly incidentBlocked: number;
  readonly incidentTotal: number;
  readonly incidentUnknown: number;
  readonly legitimateBroken: number;
  readonly legitimateTotal: number;
  readonly legitimateUnknown: number;
  /** Answers of the blocked incident calls, where their size is known. Units: bytes. */
  readonly savedBytes: number;
}

/** The side that a call of a phase is counted on; `undefined` for calls that no number counts. */
export function sideOf(phase: Phase | undefined, holdOut: boolean): ReplaySide | undefined {
  if (phase === 'incident' || phase === 'legitimate') return phase;
  return phase === 'training' && !holdOut ? 'legitimate' : undefined;
}

/** Calls after which other work is let in. */
const STRETCH = 20_000;

/** Asks a control about every call, in order of time. */
export async function eachVerdict(
  { calls }: ControlInput,
  { judge }: PreparedControl,
  breathe: () => Promise<void>,
  visit: (index: number, verdict: Verdict) => void,
): Promise<void> {
  for (let index = 0; index < calls.count; index += 1) {
    visit(index, judge(index));
    if (index % STRETCH === STRETCH - 1) await breathe();
  }
}

/** Plays the calls of one principal to a control; `undefined` when the control has nothing to go by. */
export async function replayControl(
  control: Control,
  input: ControlInput,
  breathe: () => Promise<void>,
): Promise<ControlOutcome | undefined> {
  const prepared = control.prepare(input);
  if (prepared === undefined) return undefined;
  const tally = { incident: { block: 0, pass: 0, unknown: 0 }, legitimate: { block: 0, pass: 0, unknown: 0 } };
  let savedBytes = 0;
  await eachVerdict(input, prepared, breathe, (index, verdict) => {
    const side = sideOf(input.phases.of[index], input.phases.holdOut);
    if (side === undefined) return;
    tally[side][verdict] += 1;
    if (side === 'incident' && verdict === 'block') savedBytes += input.calls.bytes[index] ?? 0;
  });
  const sum = (side: ReplaySide): number => tally[side].block + tally[side].pass + tally[side].unknown;
  return {
    id: control.id,
    title: prepared.title,
    assumes: prepared.assumes,
    incidentBlocked: tally.incident.block,
    incidentTotal: sum('incident'),
    incidentUnknown: tally.incident.unknown,
    legitimateBroken: tally.legitimate.block,
    legitimateTotal: sum('legitimate'),
    legitimateUnknown: tally.legitimate.unknown,
    savedBytes,
  };
}
