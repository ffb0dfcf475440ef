/** A list of numbers that grows, in the form that crosses threads without a copy. */
export class NumberList {
  #items = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Float64Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length] = value;
    this.#length += 1;
  }

  /** What was pushed since the last time, in memory of its own. */
  take(): Float64Array {
    const taken = this.#items.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
