/** A queue between one that puts and one that waits. Any value may be an item, `undefined` too. */
export class Queue<Item> {
  readonly #items: { readonly item: Item }[] = [];
  #waiting: { readonly give: (item: Item) => void; readonly fail: (error: unknown) => void } | undefined;
  #failure: { readonly error: unknown } | undefined;

  put(item: Item): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#items.push({ item });
    else waiting.give(item);
  }

  /** The one that waits, now or later, gets this error once the items before it are taken. */
  fail(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#failure ??= { error };
    waiting?.fail(error);
  }

  /** The next item. Shape: one caller at a time. */
  async next(): Promise<Item> {
    const first = this.#items.shift();
    if (first !== undefined) return first.item;
    if (this.#failure !== undefined) throw this.#failure.error;
    return await new Promise<Item>((give, fail) => {
      this.#waiting = { give, fail };
    });
  }
}
