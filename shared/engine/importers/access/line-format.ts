import type { ReadOptions } from '../../../model/read-settings.ts';
import type { Importer, Imported, LogRecord, Recognition, RecordImporter, RecordReader } from '../importer.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { isServerMessage } from '../read/server-messages.ts';
import type { LogFormat } from './log-format.ts';

/** Lines of the head that vote on a format. */
const VOTING_LINES = 50;
/** Share of the lines that must follow it. */
const NEEDED_SHARE = 0.6;

/** The first lines of a head that are no server's messages; the last one only if it is whole or the only one. */
function votingLines(head: Uint8Array): readonly string[] {
  const all = headText(head).split(/\r\n|\n|\r/);
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  return whole.filter((line) => line.trim() !== '' && !isServerMessage(line)).slice(0, VOTING_LINES);
}

/** How many of the first lines follow one of the formats, `start` counting as well where asked for. */
export function countFollowing(
  head: Uint8Array,
  formats: readonly LogFormat[],
  isEnough: (match: 'whole' | 'start' | undefined, format: LogFormat) => boolean,
): { readonly lines: number; readonly following: number; readonly enough: boolean } {
  const lines = votingLines(head);
  const following = lines.filter((line) => formats.some((format) => isEnough(format.match(line), format))).length;
  return { lines: lines.length, following, enough: following > 0 && following / lines.length >= NEEDED_SHARE };
}

/** A reader that tries formats in turn; the first that a line follows reads it. */
export function readWith(formats: readonly LogFormat[], { zoneOffsetMinutes }: ReadOptions): RecordReader {
  return ({ record, at, text }: LogRecord): Imported | undefined => {
    for (const format of formats) {
      const call = format.read(text, zoneOffsetMinutes);
      if (call !== undefined) return { kind: 'call', record, at, call };
    }
    return undefined;
  };
}

interface LineFormat {
  readonly id: string;
  readonly title: string;
  readonly holds: string;
  /** What a line looks like, for people: `time, "request", status`. */
  readonly looks: string;
  /** The ways that lines are written, the most telling first; compiled when they are first asked for. */
  readonly formats: () => readonly LogFormat[];
  /** Ways at the front of the list that no other program writes: one such line at least must be there, and strays are read by it. */
  readonly telling: number;
  readonly strength: Exclude<Recognition['strength'], 'none' | 'name'>;
  readonly notes?: readonly string[];
}

/** A format whose lines follow known format strings. */
export function lineImporter<const Given extends LineFormat>(given: Given): RecordImporter & { readonly id: Given['id'] } {
  let compiled: readonly LogFormat[] | undefined;
  const list = (): readonly LogFormat[] => (compiled ??= given.formats());
  const tells = (line: string): boolean =>
    list()
      .slice(0, given.telling)
      .some((format) => format.match(line) === 'whole');
  return {
    id: given.id,
    title: given.title,
    extensions: ['.log', '.txt'],
    holds: given.holds,
    recognize(head) {
      const { lines, following, enough } = countFollowing(head, list(), (match) => match === 'whole');
      const why = `${String(following)} of the first ${String(lines)} lines read ${given.looks}`;
      return enough && votingLines(head).some(tells) ? { strength: given.strength, why } : { strength: 'none', why };
    },
    records: 'lines',
    shape: `not ${given.looks}`,
    independent: true,
    isCertain: ({ text }) => tells(text),
    open: (options) => readWith(list(), options),
    ...(given.notes === undefined ? {} : { notes: given.notes }),
  } satisfies Importer;
}
