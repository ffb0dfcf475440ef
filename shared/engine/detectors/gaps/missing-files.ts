import { greatest, least } from '../../../lib/extremes.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { Stream } from '../../store/read/gaps/streams.ts';
import type { FindingDraft } from '../detector.ts';
import { listOf, plural } from '../spoken.ts';

const DAY = 86_400_000;
/** Files named by days that follow one another, before one that is missing is missed. */
const MIN_FILES = 4;
/** A date as part of a name: `access-2026-10-24.log`, `gw.20261024.gz`. */
const DATE = /(?<!\d)(20\d\d)([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;

const dayOf = (name: string): number | undefined => {
  const [, year, , month, day] = DATE.exec(name) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY;
};
const dayText = (day: number): string => printTime(epochMicros(day * DAY * 1000)).slice(0, 10);

/** Days between the first and the last for which a log that is rotated daily has no file. */
export function missingDays(names: readonly string[]): readonly number[] {
  const dated = names.map(dayOf);
  const days = new Set(dated.filter((day) => day !== undefined));
  // Several files of one day are no daily rotation: then a file tells nothing of its day.
  if (days.size !== names.length || days.size < MIN_FILES) return [];
  const [first, last] = [least(days), greatest(days)];
  const missing = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((day) => !days.has(day));
  return missing.length * 2 < days.size ? missing : [];
}

/** A finding for a log that is rotated daily and of which files are not there; not for days on which its silence is told already. */
export function findMissingFiles(db: SqlDriver, stream: Stream, told: readonly { readonly from: number; readonly to: number }[]): readonly FindingDraft[] {
  const nameOf = db.prepare('SELECT name FROM source WHERE id = ?');
  const names = stream.sources.map((id) => nameOf.get<{ name: string }>(id)?.name ?? '');
  const isTold = (day: number): boolean => told.some(({ from, to }) => from < (day + 1) * 1440 && to > day * 1440);
  const days = missingDays(names).filter((day) => !isTold(day));
  const [firstDay] = days;
  if (firstDay === undefined) return [];
  const around = db.prepare('SELECT id FROM call WHERE source_id = ? AND time IS NOT NULL ORDER BY time DESC, id DESC LIMIT 1');
  const before = stream.sources.filter((_, at) => (dayOf(names[at] ?? '') ?? Infinity) < firstDay).at(-1);
  const last = before === undefined ? undefined : around.get<{ id: number }>(before)?.id;
  const texts = days.map(dayText);
  return [
    {
      subject: `${stream.name} missing files`,
      title: `${stream.name}: there is no file for ${listOf(texts, 5)}, though the others are named by day from ${dayText(least(names.flatMap((name) => dayOf(name) ?? [])))} on`,
      severity: { base: 'low', steps: [] },
      confidence: 'inferred',
      score: 0.35,
      principals: [],
      credentials: [],
      endpoints: [],
      chains: [],
      calls: last === undefined ? [] : [last],
      crossedAt: last,
      observed: { log: stream.name, missingDays: texts, files: names.length },
      expected: { files: names.length + days.length },
      benignTested: [
        { explanation: 'a day without calls, for which no file is written', result: `possible: it is not known what is usual on ${plural(days.length, 'such a day', 'such days')}` },
        { explanation: 'a file that was left out of the bundle', result: 'possible: ask who packed it' },
      ],
      remediation: ['Ask for the missing files, or for the reason why there are none, before concluding that nothing happened on these days.'],
    },
  ];
} // prettier-ignore
