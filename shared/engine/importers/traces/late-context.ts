/** Records that wait for their group's description; more are given out without it. Bounds memory. */
export const MAX_WAITING = 50_000;

/** A record that is given out as soon as what its group says is known; `undefined` when the group never says it. */
export type Waiting<Context> = (context: Context | undefined) => void;

/**
 * Holds back records that need a fact which the file may only give after them: Jaeger writes a trace's processes behind its spans.
 * Lifetime: one read. Records come out in the order they went in.
 */
export class LateContext<Context> {
  #group: string | undefined;
  #context: Context | undefined;
  #waiting: Waiting<Context>[] = [];
  /** True once something was given out without its context because too much waited. */
  overflowed = false;

  add(group: string, record: Waiting<Context>): void {
    this.#enter(group);
    if (this.#context !== undefined) {
      record(this.#context);
      return;
    }
    this.#waiting.push(record);
    if (this.#waiting.length <= MAX_WAITING) return;
    this.overflowed = true;
    this.flush();
  }

  learn(group: string, context: Context): void {
    this.#enter(group);
    this.#context = context;
    this.flush();
  }

  /** Gives out what waits; at the end of the file, at the latest. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const record of waiting) record(this.#context);
  }

  #enter(group: string): void {
    if (group === this.#group) return;
    this.flush();
    this.#group = group;
    this.#context = undefined;
  }
}
