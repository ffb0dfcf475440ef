const DAY = 86_400;

/** A length of time in its largest unit, in words. Example: 5400 s gives "90 minutes", 7200 s "2 hours". Units: seconds. */
export function roundTime(seconds: number): string {
  const [size, name] =
    seconds >= 2 * DAY ? [DAY, 'day'] : seconds >= 7200 ? [3600, 'hour'] : seconds >= 120 ? [60, 'minute'] : [1, 'second'];
  const count = Math.round(seconds / size);
  return `${String(count)} ${name}${count === 1 ? '' : 's'}`;
}
