/** Files that are cut by the hour or the day overlap by calls that were still open. Units: µs. */
const OVERLAP = 600_000_000;

/** What tells the files of one log apart: the id that AWS writes after a stamp, whole ids, long hexadecimal numbers, dates and counters. */
const TELLS_APART = new RegExp(
  [
    String.raw`\d{8}T\d{4,6}Z(?:_[\d.]+)?_[a-z\d]{8,}`, // `elb_20261001T0005Z_10.0.0.7_4h2xk1ab.log`
    String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`,
    String.raw`(?<![a-z])(?:[\da-f]{8,}|(?=[a-f]*\d)[\da-f]{6,})(?![a-z])`, // `E1T9.186c0044.gz`
    String.raw`\d+`, // `access.log.2`, `gw-20261001.json`, `y=2026/m=10/d=01/PT1H.json`
  ]
    .map((form) => `[._-]?${form}`)
    .join('|'),
  'gi',
);
/** Rotated files are packed, all but the newest. */
const PACKED = /\.(?:gz|zst|bz2|xz)$/i;

/** A file of evidence, as far as it tells which log it is part of. Units: µs. */
export interface LogFile {
  readonly name: string;
  readonly format: string;
  readonly first: number;
  readonly last: number;
}

/** What the files of one log have in common: their format, and their name without dates, counters and ids. */
export const kindOfLog = ({ name, format }: Pick<LogFile, 'name' | 'format'>): string =>
  `${format}\n${name.replace(PACKED, '').replaceAll(TELLS_APART, '')}`;

interface Log<File> {
  readonly files: File[];
  last: File;
  until: number;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Joins the files of each log: those of one kind that follow one another. What runs side by side was written by two hosts, and stays apart; where a file
 * may go on from several, it does from the one whose name begins most like its own.
 * Shape: every file is in one log; files in order of their first times, logs in order of their first files.
 * Cost:  a sort, and for each file a look at the logs of its kind.
 */
export function joinLogs<File extends LogFile>(
  files: readonly File[],
  kindOf: (file: File) => string = kindOfLog,
  goesOn: (last: File, file: File) => boolean = () => true,
): readonly (readonly File[])[] {
  const kinds = new Map<string, Log<File>[]>();
  const logs: Log<File>[] = [];
  for (const file of files.toSorted((a, b) => a.first - b.first || (a.name < b.name ? -1 : Number(a.name > b.name)))) {
    const kind = kindOf(file);
    const known = kinds.get(kind) ?? [];
    kinds.set(kind, known);
    const [before] = known
      .filter(({ last, until }) => file.first >= until - OVERLAP && goesOn(last, file))
      .map((log) => ({ log, alike: sharedStart(log.last.name, file.name) }))
      .sort((a, b) => b.alike - a.alike);
    if (before === undefined) {
      const log = { files: [file], last: file, until: file.last };
      known.push(log);
      logs.push(log);
      continue;
    }
    before.log.files.push(file);
    before.log.last = file;
    before.log.until = Math.max(before.log.until, file.last);
  }
  return logs.map((log) => log.files);
}
