/**
 * What Timesketch asks of a line of JSONL, and what its store makes of it: `message`, `datetime` and `timestamp_desc` are texts that must stand
 * there, `datetime` is ISO 8601 with a zone, `timestamp` the same in microseconds, `tag` a list of texts; names that begin with `_` belong to
 * OpenSearch, those with `__ts_` to Timesketch. Facts of its documentation (`docs/guides/user/import-from-json-csv.md`, google/timesketch, 0a88c100, Apache-2.0; the name of the file has to end in `.jsonl`) and of `read_and_validate_jsonl`.
 */
const MANDATORY = ['message', 'datetime', 'timestamp_desc'] as const;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/;

/** What is wrong with a line. */
export function timelineFaults(line: Readonly<Record<string, unknown>>): readonly string[] {
  const faults: string[] = MANDATORY.filter((name) => typeof line[name] !== 'string' || line[name] === '');
  const { datetime, timestamp, tag } = line;
  if (typeof datetime !== 'string' || !ISO.test(datetime)) faults.push('datetime is no time with a zone');
  else if (
    typeof timestamp !== 'number' ||
    !Number.isSafeInteger(timestamp) ||
    Math.floor(timestamp / 1000) !== Math.floor(Date.parse(datetime))
  )
    faults.push('timestamp is not datetime in microseconds');
  if (tag !== undefined && !(Array.isArray(tag) && tag.every((each) => typeof each === 'string'))) faults.push('tag is no list of texts');
  return [...faults, ...Object.keys(line).filter((name) => name.startsWith('_'))];
}
