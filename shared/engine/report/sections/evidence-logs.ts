import type { SourceJson } from '../../../contract/report-json.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { groupByLog, nameOfLog } from '../../../model/log-names.ts';
import type { Recheck } from '../../../model/recheck.ts';
import type { Block, Cell } from '../blocks.ts';
import { nameInside, toContainers } from '../source-containers.ts';
import { sourceRuns } from '../source-refs.ts';
import { code, count, minuteText, plural, sentence, strong, words } from '../text.ts';

/** A source with its place in the list, which is its short name, and its name inside of its archive. */
type Placed = SourceJson & { readonly index: number };

/** Widest name of a log in the table. Units: characters; two lines of it. */
const NAME = 110;

const LINE: Cell = [{ kind: 'break' }];

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** From the first to the last time of the files of a log. */
function timesText(files: readonly SourceJson[]): string {
  const ranges = files.flatMap(({ timeRange }) => (timeRange === undefined ? [] : [timeRange]));
  const first = ranges.map(([from]) => from).sort()[0];
  const last = ranges.map(([, to]) => to).sort().at(-1);
  if (first === undefined || last === undefined) return 'no times';
  const zones = [...new Set(files.map(({ timezone }) => timezone))].filter((zone) => zone !== 'in the data' && zone !== 'none');
  return `${minuteText(first)} to ${minuteText(last)}${zones.length === 0 ? '' : `, zone ${zones.join(' and ')}`}`;
} // prettier-ignore

/** What is wrong with the files of a log, beside the records that the columns count. */
function damageOf(files: readonly SourceJson[], recheck: ReadonlyMap<string, Recheck> | undefined): Cell {
  const doubtful = sumOf(files.flatMap(({ warnedBy }) => Object.values(warnedBy ?? {})));
  const state = (which: Recheck): number =>
    recheck === undefined ? 0 : files.filter(({ sha256 }) => (recheck.get(sha256) ?? 'gone') === which).length;
  const [changed, gone] = [state('changed'), state('gone')];
  return [
    ...(doubtful === 0 ? [] : words(`; ${plural(doubtful, 'doubt')}`)),
    ...(changed === 0 ? [] : sentence('; ', strong(`${plural(changed, 'file')} CHANGED`))),
    ...(gone === 0 ? [] : sentence('; ', strong(`${plural(gone, 'file')} not found`), ' when read again')),
  ];
}

/** What the files of a log were read as. */
function formatText(files: readonly SourceJson[]): string {
  const [first] = files;
  if (first?.duplicateOf === undefined) return first?.format ?? 'not read: no known format';
  return files.length === 1 ? `same bytes as ${first.duplicateOf}` : 'same bytes as other files';
}

function logRow(files: readonly Placed[], recheck: ReadonlyMap<string, Recheck> | undefined): readonly Cell[] {
  const sum = (column: 'accepted' | 'rejected' | 'skipped'): Cell => words(count(sumOf(files.map((file) => file[column]))));
  return [
    sourceRuns(files.map(({ index }) => index)),
    sentence(code(nameOfLog(files, NAME)), LINE, `${formatText(files)}; ${timesText(files)}`, damageOf(files, recheck)),
    words(count(files.length)),
    sum('accepted'),
    sum('rejected'),
    sum('skipped'),
  ];
}

/** What files that bring no call have in common; undefined for those that do. */
const withoutCalls = ({ format, duplicateOf }: SourceJson): string | undefined =>
  duplicateOf !== undefined ? 'twice' : format === undefined ? 'unread' : undefined;

/** The files of each log; of those that nothing claims, and of those that are there twice, a few stand one by one, and more as one line. */
function byLog(files: readonly Placed[]): readonly (readonly Placed[])[] {
  const idle = groupBy(
    files.filter((file) => withoutCalls(file) !== undefined),
    (file) => withoutCalls(file) ?? '',
  );
  const folded = [...idle.values()].filter((group) => group.length >= MANY);
  const others = files.filter((file) => !folded.some((group) => group.includes(file)));
  return [...groupByLog(others), ...folded];
}

/** As many files without calls are one line. */
const MANY = 4;

/** The files by log: a log that is cut by the hour has hundreds, which a reader of the body needs as one line. Every file stands in the annex. */
export function logsTable(sources: readonly SourceJson[], recheck: ReadonlyMap<string, Recheck> | undefined): Block {
  return {
    kind: 'table',
    caption: 'What was given, by log: times in UTC, and what became of the records',
    head: [
      { text: 'No.', align: 'start' },
      { text: 'Log', align: 'start', width: 'most' },
      { text: 'Files', align: 'end', width: 'fit' },
      { text: 'Accepted', align: 'end', width: 'fit' },
      { text: 'Rejected', align: 'end', width: 'fit' },
      { text: 'Skipped', align: 'end', width: 'fit' },
    ],
    rows: toContainers(sources).flatMap(({ container, files }): readonly (readonly Cell[])[] => [
      [
        container === undefined
          ? words(`${plural(files.length, 'file')} in no archive`)
          : sentence(code(container.name), `, ${plural(files.length, 'file')}, SHA-256 `, code(container.sha256)),
      ],
      ...byLog(files.map(({ source, index }): Placed => ({ ...source, name: nameInside(source), index }))).map((log) =>
        logRow(log, recheck),
      ),
    ]),
    omitted: 0,
  };
}
