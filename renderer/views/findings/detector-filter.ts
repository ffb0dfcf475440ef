import type { DetectorRow } from '#shared/contract/hunting.ts';

/** Detectors that hold every word in their name, id, family or what they catch. */
export function filterDetectors(rows: readonly DetectorRow[], text: string): readonly DetectorRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(({ id, title, family, catches }) => {
    const searched = `${id} ${title} ${family} ${catches}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

/** How a detector stands in this case, in a few words. */
export function standingOf({
  findings,
  notEvaluable,
  partlyEvaluable,
}: Pick<DetectorRow, 'findings' | 'notEvaluable' | 'partlyEvaluable'>): string {
  if (findings.length > 0) return findings.length === 1 ? '1 finding' : `${String(findings.length)} findings`;
  if (notEvaluable !== undefined) return 'cannot answer here';
  return partlyEvaluable === undefined ? 'found nothing' : 'found nothing where it could look';
}

/** Detectors that are shown alone: those without an answer, or with one for a part of the evidence. */
export type OnlyDetectors = 'unanswered' | 'partly';

/** True for a detector that stands so. */
export const isOnly = (only: OnlyDetectors, { notEvaluable, partlyEvaluable }: DetectorRow): boolean =>
  only === 'unanswered' ? notEvaluable !== undefined : partlyEvaluable !== undefined;
