import type { SourceJson } from '../../../contract/report-json.ts';
import type { Recheck } from '../../../model/recheck.ts';
import type { Block, Cell } from '../blocks.ts';
import { sourceAnchor, sourceName } from '../source-refs.ts';
import { code, count, plural, sentence, strong, text, timeText, words } from '../text.ts';

/** A file with its place in the list, which is its short name. */
interface Numbered {
  readonly source: SourceJson;
  readonly index: number;
}

/** Files of one archive that follow each other, or files that lie in none. */
interface Group {
  readonly container: SourceJson['container'];
  readonly files: readonly Numbered[];
}

function toGroups(sources: readonly SourceJson[]): readonly Group[] {
  const groups: { readonly container: SourceJson['container']; readonly files: Numbered[] }[] = [];
  for (const [index, source] of sources.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.container?.sha256 === source.container?.sha256 && last.container?.name === source.container?.name)
      last.files.push({ source, index });
    else groups.push({ container: source.container, files: [{ source, index }] });
  }
  return groups;
}

/** What an import notes of a packed file: its size and hash before it was unpacked. */
const UNPACKED = /^Unpacked from .*, (\d+) bytes, SHA-256 ([0-9a-f]{64})\.$/s;
/** How many records a format was recognised by differs from file to file, and says nothing else. */
const COUNTED = /\d+ of the first \d+ /;

/** How a file was recognised and what is said of its kind, as one text; files that it is the same for share it. */
const readingOf = ({ format, evidence, notes }: SourceJson): string =>
  [`${format ?? 'not read'}: ${evidence}`, ...notes.filter((note) => !UNPACKED.test(note))]
    .map((each) => each.replace(/(?<![.\s])[.\s]+$/, ''))
    .join('. ');

/** The reading of all files of a group, where they have one in common. */
function commonReading(files: readonly Numbered[]): string | undefined {
  const [first, ...others] = files.map(({ source }) => readingOf(source));
  if (first === undefined || others.length === 0) return undefined;
  if (others.every((each) => each === first)) return first;
  const uncounted = first.replace(COUNTED, 'the first ');
  return others.every((each) => each.replace(COUNTED, 'the first ') === uncounted) ? uncounted : undefined;
}

/** The folders that all names of a group begin with, with the slash behind them. */
function commonFolder(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  const folders = first.split('/').slice(0, -1);
  while (folders.length > 0 && !others.every((name) => name.startsWith(`${folders.join('/')}/`))) folders.pop();
  return folders.length === 0 ? '' : `${folders.join('/')}/`;
}

/** The name inside of its archive: the archive heads its files. */
const nameInside = ({ name, container }: SourceJson): string =>
  container !== undefined && name.startsWith(`${container.name}!`) ? name.slice(container.name.length + 1) : name;

const LINE: Cell = [{ kind: 'break' }];

function groupHead({ container, files }: Group, folder: string, reading: string | undefined): Cell {
  const more = [
    folder === '' ? [] : sentence(LINE, 'All below ', code(folder)),
    reading === undefined ? [] : sentence(LINE, reading),
  ].flat();
  if (container === undefined) return sentence(`${plural(files.length, 'file')} in no archive`, more);
  return sentence(code(container.name), `, ${plural(files.length, 'file')}, SHA-256 `, code(container.sha256), more);
}

const RECHECK_WORDS: Readonly<Record<Recheck, Cell>> = {
  same: [text('; read again: same')],
  changed: sentence('; read again: ', strong('CHANGED')),
  gone: sentence('; read again: ', strong('not found')),
};

function fileCell({ source }: Numbered, folder: string, reading: string | undefined, recheck: ReadonlyMap<string, Recheck> | undefined): Cell {
  const { sha256, bytes, timeRange, timezone, notes, duplicateOf } = source;
  const packed = notes.map((note) => UNPACKED.exec(note)).find((match) => match !== null);
  return sentence(
    code(nameInside(source).slice(folder.length)),
    LINE,
    code(sha256),
    LINE,
    `${count(bytes)} bytes; ${timeRange === undefined ? 'no times' : `${timeText(timeRange[0])} to ${timeText(timeRange[1])}${timezone === 'in the data' ? '' : `, zone ${timezone}`}`}`,
    recheck === undefined ? [] : RECHECK_WORDS[recheck.get(sha256) ?? 'gone'],
    duplicateOf === undefined ? [] : sentence('; same bytes as ', code(duplicateOf)),
    packed === undefined ? [] : sentence(LINE, `packed: ${count(Number(packed[1]))} bytes, `, code(packed[2] ?? '')),
    reading === undefined ? sentence(LINE, readingOf(source)) : [],
  );
} // prettier-ignore

/** The results of reading again, where they are not all the same: that all are stands above the table. */
const mixed = (
  recheck: ReadonlyMap<string, Recheck> | undefined,
  sources: readonly SourceJson[],
): ReadonlyMap<string, Recheck> | undefined =>
  recheck !== undefined && sources.some(({ sha256 }) => recheck.get(sha256) !== 'same') ? recheck : undefined;

/**
 * All files in one table: name, hash, size, times, how each was recognised, and what became of its records. What files of an archive have in common
 * stands once above them.
 */
export function filesTable(sources: readonly SourceJson[], recheck: ReadonlyMap<string, Recheck> | undefined): Block {
  const groups = toGroups(sources);
  const again = mixed(recheck, sources);
  return {
    kind: 'table',
    caption:
      'Files: name, SHA-256 of the bytes as they were read, size, times (UTC; their zone is in the data unless told) and how each was recognised',
    head: [
      { text: 'No.', align: 'start', width: 'fit' },
      { text: 'File', align: 'start', width: 'most' },
      { text: 'Accepted', align: 'end', width: 'fit' },
      { text: 'Rejected', align: 'end', width: 'fit' },
      { text: 'Skipped', align: 'end', width: 'fit' },
    ],
    rows: groups.flatMap((group): readonly (readonly Cell[])[] => {
      const folder = commonFolder(group.files.map(({ source }) => nameInside(source)));
      const reading = commonReading(group.files);
      return [
        [groupHead(group, folder, reading)],
        ...group.files.map((file) => [
          [{ kind: 'anchor', id: sourceAnchor(file.index), text: sourceName(file.index) } as const],
          fileCell(file, folder, reading, again),
          words(count(file.source.accepted)),
          words(count(file.source.rejected)),
          words(count(file.source.skipped)),
        ]),
      ];
    }),
    omitted: 0,
  };
}
