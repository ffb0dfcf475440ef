import type { SourceJson } from '../../../contract/report-json.ts';
import type { Recheck } from '../../../model/recheck.ts';
import type { Block, Cell } from '../blocks.ts';
import { nameInside, toContainers, type Group, type Numbered } from '../source-containers.ts';
import { sourceAnchor, sourceName } from '../source-refs.ts';
import { code, count, plural, sentence, strong, text, timeText, words } from '../text.ts';

/** What an import notes of a packed file: its size and hash before it was unpacked. */
const UNPACKED = /^Unpacked from .*, (\d+) bytes, SHA-256 ([0-9a-f]{64})\.$/s;
/** How many records a format was recognised by differs from file to file, and says nothing else. */
const COUNTED = /\d+ of the first \d+ /;

/** How a file was recognised and what is said of its kind, as one text; files that it is the same for share it. */
const readingOf = ({ format, evidence, notes }: SourceJson): string =>
  [`${format ?? 'not read'}: ${evidence}`, ...notes.filter((note) => !UNPACKED.test(note))]
    .map((each) => each.replace(/(?<![.\s])[.\s]+$/, ''))
    .join('. ');

/** The reading of a file as that of others like it. */
const uncounted = ({ source }: Numbered): string => readingOf(source).replace(COUNTED, 'the first ');

/** Files of a group that follow each other and were recognised by the same. */
function toRuns(files: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const runs: Numbered[][] = [];
  for (const file of files) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && uncounted(last[0]) === uncounted(file)) last.push(file);
    else runs.push([file]);
  }
  return runs;
}

/** What some files were recognised by, where that is the same; of a single one it stands with the file. */
function commonReading(files: readonly Numbered[]): string | undefined {
  const [first, ...others] = files;
  if (first === undefined || others.length === 0) return undefined;
  return others.every(({ source }) => readingOf(source) === readingOf(first.source)) ? readingOf(first.source) : uncounted(first);
}

/** The folders that all names of a group begin with, with the slash behind them. */
function commonFolder(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  const folders = first.split('/').slice(0, -1);
  while (folders.length > 0 && !others.every((name) => name.startsWith(`${folders.join('/')}/`))) folders.pop();
  return folders.length === 0 ? '' : `${folders.join('/')}/`;
}

const LINE: Cell = [{ kind: 'break' }];

const groupHead = ({ container, files }: Group): Cell =>
  container === undefined
    ? words(`${plural(files.length, 'file')} in no archive`)
    : sentence(code(container.name), `, ${plural(files.length, 'file')}, SHA-256 `, code(container.sha256));

/** What files that follow each other have in common; nothing for a single one. */
const runHead = (files: readonly Numbered[], folder: string, reading: string | undefined): readonly (readonly Cell[])[] =>
  reading === undefined
    ? []
    : [[sentence(`${plural(files.length, 'file')}${folder === '' ? '' : ' below '}`, folder === '' ? [] : code(folder), LINE, reading)]];

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
 * All files in one table: name, hash, size, times, how each was recognised, and what became of its records. What files that follow each other
 * have in common stands once above them.
 */
export function filesTable(sources: readonly SourceJson[], recheck: ReadonlyMap<string, Recheck> | undefined): Block {
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
    rows: toContainers(sources).flatMap((group): readonly (readonly Cell[])[] => [
      [groupHead(group)],
      ...toRuns(group.files).flatMap((files) => {
        const [folder, reading] = [commonFolder(files.map(({ source }) => nameInside(source))), commonReading(files)];
        return [
          ...runHead(files, folder, reading),
          ...files.map((file) => [
            [{ kind: 'anchor', id: sourceAnchor(file.index), text: sourceName(file.index) } as const],
            fileCell(file, folder, reading, again),
            words(count(file.source.accepted)),
            words(count(file.source.rejected)),
            words(count(file.source.skipped)),
          ]),
        ];
      }),
    ]),
    omitted: 0,
  };
}
