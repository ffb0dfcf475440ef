import type { CauseSignJson, RootCauseJson } from '../../../model/root-cause.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { decideCause } from './decide.ts';
import { placeReader } from './places.ts';
import type { CauseFinding } from './sign.ts';
import { toldBy } from './told.ts';

/** A finding with the story that it is part of; posture findings of a story count, too. */
export interface StoryFinding extends CauseFinding {
  /** Empty: of none. */
  readonly story: string;
  readonly isIncident: boolean;
}

/** One sign for each thing said: two findings of one rule say it once, the more urgent one. */
function signsOf(findings: readonly StoryFinding[]): readonly CauseSignJson[] {
  const signs = new Map<string, CauseSignJson>();
  for (const finding of findings) {
    const told = toldBy(finding);
    if (told !== undefined && !signs.has(told.text)) signs.set(told.text, { ...told, finding: finding.id });
  }
  return [...signs.values()];
}

/**
 * A text that gives orders, read before its reader sent data away, where nothing of the text stands in what was sent: agents put things
 * into words of their own, so that no value need be the same.
 */
function orderedBefore(findings: readonly StoryFinding[]): readonly CauseSignJson[] {
  const read = findings.find(({ detector }) => detector === 'injection-then-action');
  const sent = findings.find(
    ({ detector, principals, crossed }) =>
      detector === 'sensitive-read-to-external-write' &&
      principals.some((id) => read?.principals.includes(id) === true) &&
      read?.from !== undefined &&
      read.from <= (crossed ?? ''),
  );
  if (read === undefined || sent === undefined) return [];
  const text = 'it read a text that gives orders, and after that sent data outside';
  return [{ cause: 'misled', speaks: 'for', strength: 'strong', text, finding: read.id }];
}

/**
 * Finds the root cause of each story that holds an incident of medium severity or worse. Shape: `findings` in order of urgency.
 * Cost: a look at up to 2,000 calls of each such story.
 */
export function findRootCauses(db: SqlDriver, findings: readonly StoryFinding[]): ReadonlyMap<string, RootCauseJson> {
  const stories = new Map<string, StoryFinding[]>();
  for (const finding of findings) {
    if (finding.story === '') continue;
    const known = stories.get(finding.story);
    if (known === undefined) stories.set(finding.story, [finding]);
    else known.push(finding);
  }
  const grave = [...stories].filter(([, own]) => own.some(({ isIncident, isGrave }) => isIncident && isGrave));
  if (grave.length === 0) return new Map();
  const readPlaces = placeReader(db);
  const named = new Set(
    db
      .prepare('SELECT id FROM principal WHERE weak = 0')
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  return new Map(
    grave.map(([story, own]) => {
      const incidents = own.filter(({ isIncident }) => isIncident);
      const principals = [...new Set(incidents.flatMap((finding) => finding.principals))];
      const place = readPlaces(principals, [...new Set(incidents.flatMap(({ calls }) => calls))]);
      const signs = [...signsOf(own), ...orderedBefore(own), ...(place === undefined ? [] : [{ ...place, finding: own[0]?.id ?? '' }])];
      return [story, decideCause(signs, !principals.some((id) => named.has(id)))];
    }),
  );
}
