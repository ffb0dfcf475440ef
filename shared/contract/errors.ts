/** What went wrong, as a stable name that other programs may rely on. */
export type ErrorCode =
  | 'bad-params' // a caller sent something the method does not take
  | 'bad-query' // the query text cannot be understood; details: { at, length, expected }
  | 'unknown-method'
  | 'not-found'
  | 'damaged-file' // an evidence file that nothing sensible can be read from; details: { code, offset? }
  | 'damaged-case'
  | 'newer-case'
  | 'locked-case'
  | 'passphrase-needed' // the case is encrypted, and no passphrase was given
  | 'wrong-passphrase' // or the first page of the case is damaged: nobody can tell one from the other
  | 'not-encrypted' // a passphrase was given for a case that is plain
  | 'read-only' // the case was opened for reading only, so nothing in it can be changed
  | 'changed-since' // what an undo would take back is not as that change left it; details: { entry }
  | 'unreadable' // the operating system would not give us the bytes
  | 'unavailable' // this machine lacks what the request needs, a browser for PDF say
  | 'leak' // an export would have held a secret or a redacted name; details: { what, line, name? }
  | 'cancelled'
  | 'disconnected'
  | 'crashed' // an engine process died or passed its limits
  | 'protocol' // two ends of different versions
  | 'internal'; // a bug of ours

/** Facts about an error that a screen may use; plain JSON. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** An expected failure: states which thing, what was found, and a code. A bug throws a plain Error instead. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Names of SQLite and of the operating system for what is no bug of ours. */
const KNOWN_CODES: readonly (readonly [start: string, code: ErrorCode, words: string])[] = [
  ['SQLITE_CORRUPT', 'damaged-case', 'the case file is damaged'],
  ['SQLITE_NOTADB', 'damaged-case', 'the case file is damaged'],
  ['SQLITE_BUSY', 'locked-case', 'the case is in use by another program'],
  ['SQLITE_LOCKED', 'locked-case', 'the case is in use by another program'],
  ['SQLITE_READONLY', 'unreadable', 'the case may not be written'],
  ['SQLITE_FULL', 'unreadable', 'there is no room left on the disk'],
  ['SQLITE_IOERR', 'unreadable', 'the disk gave an error'],
  ['SQLITE_CANTOPEN', 'unreadable', 'the case could not be opened'],
  ['ENOSPC', 'unreadable', 'there is no room left on the disk'],
  ['EDQUOT', 'unreadable', 'there is no room left on the disk for this user'],
];

/** Any thrown value as an AppError; a bug becomes `internal` and keeps its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const name = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const known = KNOWN_CODES.find(([start]) => name.startsWith(start));
  if (known !== undefined) return new AppError(known[1], `${known[2]} (${message})`, {}, { cause: thrown });
  return new AppError('internal', message, {}, { cause: thrown });
}
