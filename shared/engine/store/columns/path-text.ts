import type { Pattern } from '../../../query/ast.ts';
import { fitsPattern } from '../../../query/fits-pattern.ts';
import type { SqlDriver } from '../driver.ts';
import { foldCase } from './fold-case.ts';
import { ordinalOf, SLICE, type CallIds } from './load-columns.ts';

/** What stands between two paths of a segment. */
const BETWEEN = '\n';

/**
 * Paths of calls that follow each other, as one text: a search runs over it at the speed of memory, and a million strings are not made.
 * `starts` holds where each begins, and one place more. `folded` is the same object where there is nothing to fold.
 */
interface Segment {
  readonly text: string;
  readonly folded: string;
  readonly starts: Uint32Array;
  /** 1 for calls that have no path; left out when all have one. */
  readonly absent: Uint8Array | undefined;
}

/** The paths, or other texts, of all calls, by ordinal. */
export interface PathText {
  readonly segments: readonly Segment[];
  /** Some path holds U+0000, where SQLite's comparisons stop: they are left to SQLite. */
  readonly hasNul: boolean;
}

const present = (segment: Segment, index: number): boolean => segment.absent?.[index] !== 1;
const pathIn = (segment: Segment, index: number): string =>
  segment.text.slice(segment.starts[index] ?? 0, (segment.starts[index + 1] ?? 1) - BETWEEN.length);

/** The path of a call; `undefined` when it has none. */
export function pathAt(paths: PathText, ordinal: number): string | undefined {
  const segment = paths.segments[Math.floor(ordinal / SLICE)];
  const index = ordinal % SLICE;
  return segment !== undefined && present(segment, index) ? pathIn(segment, index) : undefined;
}

/** Reads letters of paths: 0 behind the end, else one more than the UTF-16 code unit. */
export function pathCodes({ segments }: PathText): (ordinal: number, depth: number) => number {
  return (ordinal, depth) => {
    const segment = segments[Math.floor(ordinal / SLICE)];
    if (segment === undefined) return 0;
    const index = ordinal % SLICE;
    const at = (segment.starts[index] ?? 0) + depth;
    return at < (segment.starts[index + 1] ?? 0) - BETWEEN.length ? segment.text.charCodeAt(at) + 1 : 0;
  };
}

/** Texts of calls that are searched in memory: paths, and query strings, of which an absent one reads as an empty one. */
const TEXTS = { path: 'c.path', query: "ifnull(c.query, '')" };

/** Reads the paths or query strings of all calls. Cost: one walk over the calls, in slices; the memory of their text, twice where they hold capitals. */
export async function loadTexts(db: SqlDriver, ids: CallIds, what: keyof typeof TEXTS, breathe: () => Promise<void>): Promise<PathText> {
  const text = TEXTS[what];
  const range = 'FROM call c NOT INDEXED WHERE c.id BETWEEN ? AND ?';
  const whole = db.prepare(`SELECT count(${text}) AS n, group_concat(${text}, char(10)) AS text ${range}`);
  const rows = db.prepare(`SELECT c.id AS id, ${text} AS path ${range}`);
  const segments: Segment[] = [];
  for (let at = 0; at < ids.length; at += SLICE) {
    const count = Math.min(SLICE, ids.length - at);
    const bounds = [ids[at] ?? 0, ids[at + count - 1] ?? 0];
    const slice = whole.get<{ n: number; text: string | null }>(...bounds);
    const joined = `${slice?.text ?? ''}${BETWEEN}`;
    // Else a path is absent, its call went away, or it holds a line break.
    const starts = slice?.n === count ? startsOf(joined, count) : undefined;
    if (starts !== undefined) segments.push({ text: joined, folded: foldOf(joined), starts, absent: undefined });
    else segments.push(segmentOf(rows.all<PathRow>(...bounds), ids, at, count));
    await breathe();
  }
  return { segments, hasNul: segments.some((segment) => segment.text.includes('\0')) };
}

/** One string where nothing changes. */
const foldOf = (text: string): string => {
  const folded = foldCase(text);
  return folded === text ? text : folded;
};

/** Where each line begins, and the end; `undefined` when there are not `count` lines. */
function startsOf(text: string, count: number): Uint32Array | undefined {
  const starts = new Uint32Array(count + 1);
  let lines = 0;
  for (let at = text.indexOf(BETWEEN); at >= 0; at = text.indexOf(BETWEEN, at + 1)) {
    lines += 1;
    if (lines > count) return undefined;
    starts[lines] = at + 1;
  }
  return lines === count ? starts : undefined;
}

interface PathRow {
  readonly id: number;
  readonly path: string | null;
}

function segmentOf(rows: readonly PathRow[], ids: CallIds, at: number, count: number): Segment {
  const paths: (string | null)[] = Array.from({ length: count }, () => null);
  for (const { id, path } of rows) {
    const ordinal = ordinalOf(ids, id);
    if (ordinal !== undefined && ordinal >= at && ordinal < at + count) paths[ordinal - at] = path;
  }
  const starts = new Uint32Array(count + 1);
  for (const [index, path] of paths.entries()) starts[index + 1] = (starts[index] ?? 0) + (path ?? '').length + BETWEEN.length;
  const text = `${paths.map((path) => path ?? '').join(BETWEEN)}${BETWEEN}`;
  return { text, folded: foldOf(text), starts, absent: Uint8Array.from(paths, (path) => (path === null ? 1 : 0)) };
}

/** Marks the calls whose path holds the pieces in order, capitals or not. Cost: about 20 ms a million calls. */
export async function markHolding(paths: PathText, pattern: Pattern, mask: Uint8Array, breathe: () => Promise<void>): Promise<void> {
  const pieces = pattern.map(foldCase).filter((piece) => piece !== '');
  const rarest = longestOf(pieces);
  const inner: Pattern = ['', ...pieces, ''];
  for (const [number, segment] of paths.segments.entries()) {
    eachHolding(segment, segment.folded, rarest, (index) => {
      if (pieces.length < 2 || fitsPattern(foldCase(pathIn(segment, index)), inner)) mask[number * SLICE + index] = 1;
    });
    await breathe();
  }
}

/** The longest piece: the rarest as a rule. */
const longestOf = (pattern: Pattern): string => pattern.reduce((best, piece) => (piece.length > best.length ? piece : best), '');

/** Calls `onRow` for every path that holds `piece`, in the segment's text as written or folded. */
function eachHolding(segment: Segment, text: string, piece: string, onRow: (index: number) => void): void {
  const { starts } = segment;
  const rows = starts.length - 1;
  if (piece === '') {
    for (let row = 0; row < rows; row += 1) if (present(segment, row)) onRow(row);
    return;
  }
  let row = 0;
  for (let at = text.indexOf(piece); at >= 0;) {
    while (row < rows && (starts[row + 1] ?? 0) <= at) row += 1;
    const end = (starts[row + 1] ?? 0) - BETWEEN.length;
    const inside = at + piece.length <= end;
    if (inside) onRow(row);
    // A find that runs over the end of a path is none; the next may begin inside it.
    at = text.indexOf(piece, inside ? end : at + 1);
  }
}

/** Marks the calls whose path fits one of the patterns as a whole: capitals as written, and with a star whichever. */
export async function markFitting(
  paths: PathText,
  patterns: readonly Pattern[],
  mask: Uint8Array,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const [number, segment] of paths.segments.entries()) {
    for (const written of patterns) {
      const hasStar = written.length > 1;
      const pattern = hasStar ? written.map(foldCase) : written;
      eachCandidate(segment, hasStar ? segment.folded : segment.text, pattern, (row) => {
        const path = pathIn(segment, row);
        if (fitsPattern(hasStar ? foldCase(path) : path, pattern)) mask[number * SLICE + row] = 1;
      });
    }
    await breathe();
  }
}

/** Calls `onRow` for every path that may fit a pattern: told without making a string of each. */
function eachCandidate(segment: Segment, text: string, pattern: Pattern, onRow: (index: number) => void): void {
  const first = pattern[0] ?? '';
  if (first === '') {
    eachHolding(segment, text, longestOf(pattern), onRow);
    return;
  }
  for (let row = 0; row + 1 < segment.starts.length; row += 1)
    if (text.startsWith(first, segment.starts[row]) && present(segment, row)) onRow(row);
}

/** Marks the calls that have a path. */
export function markPresent(paths: PathText, mask: Uint8Array): void {
  for (const [number, segment] of paths.segments.entries())
    for (let row = 0; row + 1 < segment.starts.length; row += 1) if (present(segment, row)) mask[number * SLICE + row] = 1;
}
