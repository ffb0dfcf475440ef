/** Throws at once when `condition` is false: the caller has a bug, nothing to recover from. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}

/** The value, which must be there: `undefined` and `null` throw with `message`. */
export function present<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new Error(`bug: ${message}`);
  return value;
}

/** Ends a `switch` over a union: a member that is not handled does not compile. */
export function assertNever(value: never, what: string): never {
  throw new Error(`bug: unhandled ${what}: ${JSON.stringify(value)}`);
}
