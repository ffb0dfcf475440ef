/**
 * Time of a call whose record has none, where a format cannot do without (HAR 1.2: `startedDateTime`). No call of HTTP is that old, programs
 * that do not know it sort it first, and read again it is no time.
 */
export const UNKNOWN_TIME = '1970-01-01T00:00:00.000Z';
