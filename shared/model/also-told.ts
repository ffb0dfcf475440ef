/** The fact of a finding that names others which tell of the same calls and were made one with it. */
const FACT = 'alsoToldBy';

/** A finding that was made one with another, as its fact `alsoToldBy` names it. */
export const printAlsoTold = (detector: string, title: string): string => `${title} (rule ${detector})`;

/** All detectors whose question a finding answers: its own first, then those whose findings were made one with it. */
export function detectorsOf({
  detector,
  observed,
}: {
  readonly detector: string;
  readonly observed: Readonly<Record<string, unknown>>;
}): readonly string[] {
  const also: unknown = observed[FACT];
  const others = Array.isArray(also)
    ? also.flatMap((text) => (typeof text === 'string' ? (/ \(rule ([^\s()]+)\)$/.exec(text)?.[1] ?? []) : []))
    : [];
  return [...new Set([detector, ...others])];
}
