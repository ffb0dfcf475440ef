/** Units: µs. */
const DAY = 86_400_000_000;
const WEEK = 7 * DAY;
/** The first of January 1970 was a Thursday; the Monday before it is three days earlier. */
const MONDAY = 3 * DAY;

/** The Monday, 00:00 UTC, of the week that a time lies in. Units: µs. */
export const weekOf = (time: number): number => Math.floor((time + MONDAY) / WEEK) * WEEK - MONDAY;
