import { estimateBits } from '../../intake/masking/entropy.ts';

/** A part of a name that is harder to guess than this was given by a machine. Units: bits. */
const MIN_BITS = 36;
/** So many of one shape are a way of naming accounts. */
const MIN_ALIKE = 20;

/** The longest run of letters and digits. */
const RUN = /[0-9a-z]{8,}/gi;

/**
 * How an account's id looks, apart from what tells it from the others; `undefined` for names that people choose.
 * Example: `acct|bbe71b3cb10031deca53dd3d · console` → `acct|<24>`.
 */
export function accountShape(label: string): string | undefined {
  const name = label.split(' ')[0] ?? '';
  const given = (name.match(RUN) ?? []).filter((run) => estimateBits(run) >= MIN_BITS);
  if (given.length === 0) return undefined;
  return given.reduce((shape, run) => shape.replace(run, `<${String(run.length)}>`), name);
}

/** Shapes that many of these names have: accounts that one service gave out. */
export function accountShapesOf(labels: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const label of labels) {
    const shape = accountShape(label);
    if (shape !== undefined) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= MIN_ALIKE).map(([shape]) => shape));
}
