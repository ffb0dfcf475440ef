/**
 * Conditions that are switched off, as a link and a saved view keep them; `undefined` for none. Inverse of `parseOff`.
 * Shape: one a line; a line break inside of a captured value is written `%0A`, and a percent sign `%25`.
 */
export const printOff = (conditions: readonly string[]): string | undefined =>
  conditions.length === 0 ? undefined : conditions.map((text) => text.replace(/[%\n]/g, encodeURIComponent)).join('\n');

/** The conditions that a link has switched off. */
export const parseOff = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('%0A', '\n').replaceAll('%25', '%'));
