/** A request that may still be answered, or anything else that keeps its place behind it. */
export interface Held<Question, Answer> {
  readonly question: Question | undefined;
  readonly answer: Answer | undefined;
  /** Why no answer will come. */
  readonly ended: string | undefined;
}

interface Place<Question, Answer> extends Held<Question, Answer> {
  answer: Answer | undefined;
  ended: string | undefined;
  readonly key: string | undefined;
  units: number;
  isOpen: boolean;
}

/** Records that wait at most for one answer before them: an agent's tools run for minutes, other calls go on meanwhile. */
export const MAX_HELD = 1000;
/** What the records that wait may weigh together. Units: characters. */
export const MAX_HELD_UNITS = 16 * 1024 * 1024;

/** How much may wait at once. */
export interface HeldLimits {
  readonly places: number;
  /** Units: characters. */
  readonly units: number;
}

/** Why a request is given out while its answer may still come. */
export const WAITED_TOO_LONG = 'it waited too long for its answer';

/**
 * Joins requests with answers that come later, and gives them out in the order of the requests.
 * Shape: keys tell sessions, sides and ids apart. Who holds up as many others as the limit is given out unanswered.
 * Lifetime: one read of one source.
 */
export class Pairing<Question, Answer> {
  /** From `#head` on what waits; before it room that is given back once half is used, since shifting a long list costs its length each time. */
  readonly #queue: (Place<Question, Answer> | undefined)[] = [];
  #head = 0;
  readonly #open = new Map<string, Place<Question, Answer>>();
  readonly #limits: HeldLimits;
  #units = 0;

  constructor(limits: HeldLimits = { places: MAX_HELD, units: MAX_HELD_UNITS }) {
    this.#limits = limits;
  }

  /** A request. One that still waits under the same key has lost its answer: ids begin anew with every session. */
  ask(key: string, question: Question, units: number): void {
    this.#close(this.#open.get(key), undefined);
    const place: Place<Question, Answer> = { key, question, answer: undefined, ended: undefined, units, isOpen: true };
    this.#open.set(key, place);
    this.#push(place);
  }

  /** The answer to a request that waits; false when none does. */
  answer(key: string, answer: Answer, units: number): boolean {
    const place = this.#open.get(key);
    if (place === undefined) return false;
    place.answer = answer;
    place.units += units;
    this.#units += units;
    this.#close(place, undefined);
    return true;
  }

  /** Something that wants no answer, or an answer that nobody asked for. */
  tell(question: Question | undefined, answer: Answer | undefined, units: number): void {
    this.#push({ key: undefined, question, answer, ended: undefined, units, isOpen: false });
  }

  /** A request will not be answered any more. */
  end(key: string, why: string | undefined): void {
    this.#close(this.#open.get(key), why);
  }

  /** All requests will not whose key begins so. */
  endAll(prefix: string): void {
    for (const [key, place] of this.#open) if (key.startsWith(prefix)) this.#close(place, undefined);
  }

  /** What is complete, or waited too long, up to the first that still waits. */
  take(): readonly Held<Question, Answer>[] {
    const taken: Place<Question, Answer>[] = [];
    for (let place = this.#queue[this.#head]; place !== undefined; place = this.#queue[this.#head]) {
      const isFull = this.#queue.length - this.#head > this.#limits.places || this.#units > this.#limits.units;
      if (place.isOpen && !isFull) break;
      this.#close(place, WAITED_TOO_LONG);
      this.#units -= place.units;
      this.#queue[this.#head] = undefined;
      this.#head += 1;
      taken.push(place);
    }
    if (this.#head * 2 >= this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** Everything that is left. */
  rest(): readonly Held<Question, Answer>[] {
    this.#open.clear();
    this.#units = 0;
    this.#head = 0;
    return this.#queue.splice(0).filter((place) => place !== undefined);
  }

  #push(place: Place<Question, Answer>): void {
    this.#queue.push(place);
    this.#units += place.units;
  }

  #close(place: Place<Question, Answer> | undefined, why: string | undefined): void {
    if (place?.isOpen !== true) return;
    place.isOpen = false;
    place.ended = why;
    if (place.key !== undefined) this.#open.delete(place.key);
  }
}
