/** Work cut into steps: whoever drives it decides what happens between them; what it returns is its result. */
export type Steps<T> = Generator<undefined, T>;

/** Runs the steps one after the other. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Runs the steps with a wait after each, in which other work comes in; what the wait throws ends the work. */
export async function paceSteps<T>(steps: Steps<T>, wait: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await wait();
  }
}
