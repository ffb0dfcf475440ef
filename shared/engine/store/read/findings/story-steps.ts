import type { StoryStep } from '../../../../contract/rows.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import type { StoredFinding } from '../../stored-finding.ts';
import { isOpen } from './open-finding.ts';

/** Steps in the order in which they happened; those without a time stay last, as the detector told them. */
const inOrderOfTime = (steps: readonly StoryStep[]): readonly StoryStep[] => [
  ...steps
    .filter(({ time }) => time !== undefined)
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : (a.time ?? '') > (b.time ?? '') ? 1 : 0)),
  ...steps.filter(({ time }) => time === undefined),
];

/** What a finding tells as ordered steps, each at its call; empty where its detector tells none. Shape: `id` as reports spell it. */
export function storySteps(db: SqlDriver, id: string): readonly StoryStep[] {
  const row = db.prepare('SELECT data FROM finding WHERE key = ?').get<{ data: string }>(id);
  // Written by `detectors/run.ts` and nothing else.
  const steps = row === undefined ? undefined : (JSON.parse(row.data) as StoredFinding).steps;
  if (steps === undefined) return [];
  const place = db.prepare('SELECT s.name, c.record, c.time FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?');
  return inOrderOfTime(
    steps.map((step): StoryStep => {
      const call = place.get<{ name: string; record: number; time: number | null }>(step.call);
      const time = call?.time ?? undefined;
      return {
        call: `${call?.name ?? '?'}#${String(call?.record ?? 0)}`,
        ...(time === undefined ? {} : { time: printTime(epochMicros(time)) }),
        role: step.role,
        text: step.text,
      };
    }),
  );
}

/** The story of the most urgent incident that has one, as ordered steps; empty when none has. */
export function findingStory(db: SqlDriver): readonly StoryStep[] {
  for (const { key } of db
    .prepare(`SELECT key FROM finding f WHERE family = 'incident' AND ${isOpen(db, 'f')} ORDER BY rank`)
    .all<{ key: string }>()) {
    const steps = storySteps(db, key);
    if (steps.length > 0) return steps;
  }
  return [];
}
