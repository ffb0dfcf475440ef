/** Formats that the caller's side writes; everything else was written by a gateway or server. */
export const CAPTURE_FORMATS: ReadonlySet<string> = new Set(['har']);
