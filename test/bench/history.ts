import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SCENE_KINDS, type BenchContext, type Figure } from './bench.ts';
import { ROOT } from './places.ts';

/** What a run was asked for: only runs that were asked for the same are compared. */
export type HistoryOptions = Pick<BenchContext, 'small' | 'runs' | 'seeds' | 'worlds' | 'incidents'> & {
  readonly firstSeed?: number;
  readonly scenes?: readonly string[];
};

/** What one bench measured at one commit. Shape: a line of `history.jsonl`. */
export interface HistoryLine {
  /** Of the commit, in UTC. */
  readonly date: string;
  /** With a `+` when the checkout held changes besides. */
  readonly commit: string;
  readonly bench: string;
  readonly options: HistoryOptions;
  readonly figures: Readonly<Record<string, number>>;
}

const FILE = join(import.meta.dirname, 'history.jsonl');
const DIGITS = 1e4;

const round = (value: number): number => Math.round(value * DIGITS) / DIGITS;

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${String(status)}: ${stderr.trim()}`);
  return stdout.trim();
}

/** A line for figures that were just measured. Shape: the same figures give the same bytes; values with four digits. */
export function toHistoryLine(
  place: Pick<HistoryLine, 'date' | 'commit'>,
  bench: string,
  { small, runs, seeds, firstSeed = 1, worlds, incidents, scenes = SCENE_KINDS }: HistoryOptions,
  figures: readonly Figure[],
): HistoryLine {
  const sorted = figures.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return {
    date: place.date,
    commit: place.commit,
    bench,
    // Left out where it is 1, and where all are played, as in the lines of before.
    options: {
      ...{ small, runs, seeds, ...(firstSeed === 1 ? {} : { firstSeed }), worlds, incidents },
      ...(scenes.length === SCENE_KINDS.length ? {} : { scenes }),
    },
    figures: Object.fromEntries(sorted.map(({ id, value }) => [id, round(value)])),
  };
}

/** Where the checkout stands. */
export function readPlace(): Pick<HistoryLine, 'date' | 'commit'> {
  const [date = '', commit = ''] = git('log', '-1', '--format=%ct %h').split(' ');
  const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
  return { date: new Date(Number(date) * 1000).toISOString(), commit: isChanged ? `${commit}+` : commit };
}

/** All lines that were kept, oldest first. */
export function readHistory(): readonly HistoryLine[] {
  if (!existsSync(FILE)) return [];
  const lines = readFileSync(FILE, 'utf8').split('\n');
  // Written by `keep`, reviewed as a diff.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HistoryLine);
}

/** Appends a line to the file that git keeps. */
export function keep(line: HistoryLine): void {
  appendFileSync(FILE, `${JSON.stringify(line)}\n`);
}

/** The last kept line of the same bench, asked for the same. */
export function findLast(history: readonly HistoryLine[], line: HistoryLine): HistoryLine | undefined {
  const asked = JSON.stringify(line.options);
  return history.findLast(({ bench, options }) => bench === line.bench && JSON.stringify(options) === asked);
}

/** What changed since then, in one line. */
export function sayChange(before: HistoryLine | undefined, now: HistoryLine): string {
  if (before === undefined) return 'nothing was kept yet for this bench and these options';
  const ids = [...new Set([...Object.keys(before.figures), ...Object.keys(now.figures)])].toSorted();
  const changes = ids.flatMap((id) => {
    const [was, is] = [before.figures[id], now.figures[id]];
    if (was === is) return [];
    if (was === undefined) return [`${id} is new`];
    if (is === undefined) return [`${id} is gone`];
    return [`${id} ${is > was ? '+' : ''}${String(round(is - was))}`];
  });
  return `since ${before.commit} of ${before.date.slice(0, 10)}: ${changes.length === 0 ? 'no change' : changes.join(', ')}`;
}
