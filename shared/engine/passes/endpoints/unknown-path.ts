/** Answers that say that the server did not know the path, or the method of it; any other was given by something that is there. */
const UNKNOWN_PATH = new Set([400, 404, 405, 410, 414, 501]);

/** True when an answer says that the server did not know what the path was; without an answer nothing is said. */
export const isUnknownPath = (status: number | null): boolean => status !== null && UNKNOWN_PATH.has(status);
