/** Runs tasks one after the other in order of arrival: the case has one writer. A failed task does not stop the next. */
export function oneAtATime(): <T>(task: () => Promise<T> | T) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = tail.then(task);
    tail = run.catch(() => undefined); // its own caller hears of the failure
    return run;
  };
}
