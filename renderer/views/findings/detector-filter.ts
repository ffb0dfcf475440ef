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
export function standingOf({ findings, notEvaluable }: Pick<DetectorRow, 'findings' | 'notEvaluable'>): string {
  if (findings.length > 0) return findings.length === 1 ? '1 finding' : `${String(findings.length)} findings`;
  return notEvaluable === undefined ? 'found nothing' : 'cannot answer here';
}
