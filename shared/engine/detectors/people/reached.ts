import { greatest } from '../../../lib/extremes.ts';
import { spreadOver } from '../../../lib/spread.ts';
import { isListOfPeople, personInPath } from '../../../model/people-paths.ts';
import { OUTCOME_SQL } from '../../store/call-answer.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { countOf, plural } from '../spoken.ts';
import { peopleAffected, type PeopleAffected } from './affected.ts';

/** Calls whose answers are read, evenly picked of more: fewer make the lower bound lower, never wrong. */
const MAX_READ = 5_000;

/** How many people the answers to some calls told of. */
export interface PeopleReached {
  /** At least so many; 0 where none was seen. */
  readonly people: number;
  /** How that is known: by names in answers that were kept, or by ids in the paths of calls that were answered. */
  readonly by: 'answers' | 'paths';
  /** Lists of people, each address once, whose answer is not in the evidence: so many more people that nobody can count. */
  readonly lists: number;
}

/** Answered calls, with the endpoint of the sighting that stands for them, and whether the text of the answer is in any of their sightings. */
const ANSWERED = `
  SELECT DISTINCT c.path, c.query, e.method, e.template,
    (c.flags & ${String(callFlag.responseBody)}) <> 0 OR EXISTS (
      SELECT 1 FROM call_fact twin JOIN call t ON t.id = twin.call_id
       WHERE twin.same_as = coalesce(f.same_as, c.id) AND (t.flags & ${String(callFlag.responseBody)}) <> 0) AS is_read
  FROM json_each(?) j JOIN call c ON c.id = j.value JOIN call_fact f ON f.call_id = c.id
  LEFT JOIN call_fact standing ON standing.call_id = f.same_as
  JOIN endpoint e ON e.id = coalesce(standing.endpoint_id, f.endpoint_id)
  WHERE ${OUTCOME_SQL} = 'given' AND c.path IS NOT NULL`;

interface Row {
  readonly path: string;
  readonly query: string | null;
  readonly method: string;
  readonly template: string;
  readonly is_read: number;
}

/** What the paths of answered calls say of people. */
function readPaths(db: SqlDriver, calls: readonly number[]): { readonly people: number; readonly lists: number } {
  // One person may be in two collections, so of the collections the largest counts, never their sum. Ids of other things that name people count nobody:
  // forty invoices may be those of one customer.
  const named = new Map<string, Set<string>>();
  const lists = new Map<string, boolean>();
  const add = (collection: string, person: string): void => void named.set(collection, (named.get(collection) ?? new Set()).add(person));
  for (const row of db.prepare(ANSWERED).all<Row>(JSON.stringify(calls))) {
    const { path, template } = row;
    const person = personInPath(template, path);
    if (person !== undefined) add(person.collection, person.person);
    if (row.method !== 'GET' || !isListOfPeople(template)) continue;
    const address = `${path}?${row.query ?? ''}`;
    lists.set(address, (lists.get(address) ?? false) || row.is_read === 1);
  }
  return {
    people: greatest(
      [...named.values()].map(({ size }) => size),
      0,
    ),
    lists: [...lists.values()].filter((isRead) => !isRead).length,
  };
}

function reachedBy(db: SqlDriver, calls: readonly number[], affected: PeopleAffected | undefined): PeopleReached {
  const { people, lists } = readPaths(db, calls);
  const low = affected?.low ?? 0;
  return { people: Math.max(people, low), by: people > low ? 'paths' : 'answers', lists };
}

/**
 * How many people the answers to some calls told of, at least: those whose names stand in the answers that were kept, each once, or those whose ids stand
 * in the paths of calls that were answered. Of the two the greater, since both may tell of the same people.
 * Shape: `calls` are row ids. Cost: the paths of all, and the answers of at most 5,000 calls.
 */
export const peopleReached = (db: SqlDriver, calls: readonly number[]): PeopleReached =>
  reachedBy(db, calls, peopleAffected(db, spreadOver(calls, MAX_READ)));

/** The same as the measured values of a finding; `undefined` where nothing tells of anybody. */
export function peopleFacts(db: SqlDriver, calls: readonly number[]): Readonly<Record<string, string | number>> | undefined {
  const affected = peopleAffected(db, calls);
  const { people, by, lists } = reachedBy(db, calls, affected);
  if (people === 0 && lists === 0) return undefined;
  const count =
    by === 'paths' || affected === undefined
      ? people === 0
        ? 'not told'
        : `at least ${countOf(people)}, by the ids in paths`
      : `${countOf(affected.low)} to ${countOf(affected.high)}`;
  return {
    peopleAffected: `${count}${lists === 0 ? '' : `, and ${plural(lists, 'list')} of people whose length the evidence does not show`}`,
    ...(affected === undefined ? {} : { answersRead: affected.read, answersLost: affected.lost }),
  };
}
