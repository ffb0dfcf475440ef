import type { Random } from '../large/random.ts';
import { mutate } from './mutate.ts';
import type { FuzzTarget } from './target.ts';
import { tryInput } from './try-input.ts';

/** Most inputs of one target that are changed further. */
const MOST_KEPT = 400;

/** A crash with the input that makes it. */
export interface Crash {
  readonly target: string;
  readonly input: Uint8Array;
  readonly why: string;
}

/** What a session tells while it goes on. */
export interface SessionHooks {
  /** Before each try, so that an input that ends the process is known. */
  readonly onTry: (target: FuzzTarget, input: Uint8Array) => void;
  /** An input whose answer no earlier one had. */
  readonly onNew: (target: FuzzTarget, input: Uint8Array) => void;
  readonly onCrash: (crash: Crash) => void;
}

/** How one target is worked on. */
export interface SessionOptions {
  readonly random: Random;
  /** Units: ms. */
  readonly durationMs: number;
  /** Ends earlier after that many tries. */
  readonly most?: number;
  /** Inputs that earlier runs kept. */
  readonly corpus: readonly Uint8Array[];
}

/**
 * Changes seeds, and what gave new answers, until the time is up; gives how many inputs were tried.
 * Source: the loop of AFL (Zalewski, "technical details"), with the answer of a target in place of branch coverage: it says which kinds of
 *         records and refusals an input reached, needs no instrumentation, and is the same on every platform.
 */
export async function fuzz(target: FuzzTarget, options: SessionOptions, hooks: SessionHooks): Promise<number> {
  const { random, durationMs, most = Number.POSITIVE_INFINITY, corpus } = options;
  const until = performance.now() + durationMs;
  const inputs = [...(await target.seeds()), ...corpus];
  const answers = new Set<string>();
  const crashes = new Set<string>();
  const attempt = async (input: Uint8Array): Promise<void> => {
    hooks.onTry(target, input);
    const tried = await tryInput(target, input);
    if (!tried.ok) {
      // One of a kind: numbers and places in the input differ each time.
      const kind = tried.why.replaceAll(/\d+/g, '#');
      if (!crashes.has(kind)) hooks.onCrash({ target: target.id, input, why: tried.why });
      crashes.add(kind);
    } else if (!answers.has(tried.answer)) {
      answers.add(tried.answer);
      if (inputs.length < MOST_KEPT) inputs.push(input);
      hooks.onNew(target, input);
    }
  };
  let tries = 0;
  const isOver = (): boolean => tries >= most || performance.now() >= until;
  for (const seed of [...inputs]) {
    if (isOver()) break;
    await attempt(seed);
    tries += 1;
  }
  for (; !isOver(); tries += 1) await attempt(mutate(random.pick(inputs), random, random.pick(inputs)));
  return tries;
}
