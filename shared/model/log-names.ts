import { groupBy } from '../lib/group-by.ts';
import { kindOfLog } from './log-files.ts';

/** What tells in which line a file stands. */
interface NamedFile {
  readonly name: string;
  /** Absent where nothing claims the file. */
  readonly format?: string | undefined;
  /** The file that has the same bytes. */
  readonly duplicateOf?: string | undefined;
}

/** Fewer files of one log stand line by line. */
const MIN_FILES = 4;
/** Width of a name in the table. Units: characters. */
const WIDTH = 60;

/** A text cut in its middle, since what tells two paths apart stands at their ends. Example: `bundle.zip!logs/…/h=18/PT1H.json`. */
export function cutMiddle(text: string, width: number): string {
  const signs = [...text];
  if (signs.length <= width) return text;
  const front = Math.floor((width - 1) * 0.4);
  return `${signs.slice(0, front).join('')}…${signs.slice(signs.length - (width - 1 - front)).join('')}`;
}

/** Files of one kind are one line, whether they follow one another or lie side by side; sources that nothing claimed and doubles stand alone. */
const lineOf = ({ name, format, duplicateOf }: NamedFile): string =>
  format === undefined || duplicateOf !== undefined ? name : kindOfLog({ name, format });

/** What all of some names begin with, whole folders; then what they end with. */
function commonName(names: readonly string[]): string {
  const [first = ''] = names;
  const sharedLength = (texts: readonly string[]): number => {
    const [one = '', ...others] = texts;
    let length = one.length;
    for (const other of others) while (!other.startsWith(one.slice(0, length))) length -= 1;
    return length;
  };
  const front = first.slice(0, first.lastIndexOf('/', sharedLength(names) - 1) + 1);
  const reversed = names.map((name) => [...name.slice(front.length)].reverse().join(''));
  const back = [...(reversed[0] ?? '').slice(0, sharedLength(reversed))].reverse().join('');
  const ending = back.slice(Math.max(0, back.search(/[/.]/)));
  return `${front}…${/[/.]/.test(back) ? ending : ''}`;
}

/** The files of each log, in the order of the first of them. */
export function groupByLog<Source extends NamedFile>(sources: readonly Source[]): readonly (readonly Source[])[] {
  return [...groupBy(sources, lineOf).values()].flatMap((files) => (files.length < MIN_FILES ? files.map((file) => [file]) : [files]));
}

/** What a group of files is called, as wide as a column. Example: `bundle.zip!gatewaylogs/…/PT1H.json (166 files)`. */
export function nameOfLog(files: readonly NamedFile[], width = WIDTH): string {
  const names = files.map(({ name }) => name);
  if (names.length === 1) return cutMiddle(names[0] ?? '', width);
  const count = ` (${String(names.length)} files)`;
  return cutMiddle(commonName(names), width - count.length) + count;
}
