import type { IncidentJson } from '../../contract/incident-json.ts';
import type { FindingJson, Span } from '../../contract/report-json.ts';
import { groupBy } from '../../lib/group-by.ts';
import { peopleReached, type PeopleReached } from '../detectors/people/reached.ts';
import type { SqlDriver } from '../store/driver.ts';
import { storySteps } from '../store/read/findings/story-steps.ts';

/** Incidents with their people and steps; of more the rest would be noise of a detector, and each costs its own walk. */
const TOLD = 50;

/** Of the incidents beyond those that are told. */
const NOT_COUNTED: PeopleReached = { people: 0, by: 'answers', lists: 0 };

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** From the first to the last call of some findings; undefined where none has a time. */
function spanOf(findings: readonly FindingJson[]): Span | undefined {
  const starts = findings.flatMap(({ window }) => (window === undefined ? [] : [window[0]])).sort();
  const ends = findings.flatMap(({ window }) => (window === undefined ? [] : [window[1]])).sort();
  const [first, last] = [starts[0], ends.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** Row ids of the calls that findings name, in evidence order. */
const callsOf = (db: SqlDriver, findings: readonly FindingJson[]): readonly number[] =>
  db
    .prepare(
      'SELECT DISTINCT fc.call_id AS id FROM json_each(?) j JOIN finding f ON f.key = j.value JOIN finding_call fc ON fc.finding_id = f.id ORDER BY 1',
    )
    .all<{ id: number }>(JSON.stringify(findings.flatMap(({ id, merged }) => [id, ...(merged ?? [])])))
    .map(({ id }) => id);

function toIncident(db: SqlDriver, findings: readonly FindingJson[], number: number): IncidentJson {
  const calls = callsOf(db, findings);
  const window = spanOf(findings);
  const detectedAt = findings.flatMap((finding) => finding.detectedAt ?? []).sort()[0];
  const { people, by, lists } = number > TOLD ? NOT_COUNTED : peopleReached(db, calls);
  const steps = findings.map(({ id }) => storySteps(db, id)).find((told) => told.length > 0) ?? [];
  return {
    number,
    story: findings[0]?.story ?? '',
    severity: findings[0]?.severity ?? 'info',
    findings: findings.map(({ id }) => id),
    principals: unique(findings.flatMap(({ principals }) => principals)),
    credentials: unique(findings.flatMap(({ credentials }) => credentials)),
    calls: calls.length,
    ...(window === undefined ? {} : { window }),
    ...(detectedAt === undefined ? {} : { detectedAt }),
    people,
    ...(people === 0 ? {} : { peopleBy: by }),
    listsOfPeople: lists,
    steps,
  };
}

/**
 * The incidents of the case: open incident findings by the story that they tell, the gravest first. A finding of no story is an incident of its own.
 * Shape: `findings` as reports order them, so that the first of a story is its gravest.
 */
export function listIncidents(db: SqlDriver, findings: readonly FindingJson[]): readonly IncidentJson[] {
  const open = findings.filter(({ family, status }) => family === 'incident' && status !== 'dismissed');
  const groups = [...groupBy(open, ({ id, story }) => (story === '' ? id : story)).values()];
  return groups.map((group, index) => toIncident(db, group, index + 1));
}
