// What turns of the scorecard gave, kept between sittings: a run of hours can be made in many short ones, and is printed from all of them.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname } from 'node:path';
import { at } from '../lib/paths.mjs';
import { listFiles, sourcesHash } from '../lib/sources.mjs';

/** Characters of a hash that name a build. */
const NAMED_BY = 12;

/**
 * What counts are of: the build, by the hash of all that it is made from; `tests` adds the tests, for parts that count those. Anything that
 * changes either begins a count anew.
 */
export function nameBuilds() {
  const build = sourcesHash();
  const tests = createHash('sha256').update(build);
  for (const path of listFiles('test'))
    tests
      .update(path)
      .update('\0')
      .update(readFileSync(at(path)))
      .update('\0');
  return { build: build.slice(0, NAMED_BY), tests: tests.digest('hex').slice(0, NAMED_BY) };
}

/** One line of the file; `undefined` for one that a killed process left half written. */
function readLine(line) {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Opens the file of turns: JSON lines of `{ of, part, turn, at, seconds, load, result }`, only ever added to. A turn that was cut short left
 * no line. `of` is the name of what was counted on.
 */
export function openKept(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').filter(Boolean).map(readLine).filter(Boolean);
  // The next line must not be glued to one that a killed process left half written.
  let gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    /** Turns of a part over one build, the earliest first. */
    list: (of, part) => lines.filter((line) => line.of === of && line.part === part),
    /** Turns over other builds, which count for nothing here. */
    listOthers: (names) => lines.filter((line) => !names.includes(line.of)),
    keep(of, part, turn, seconds, result) {
      const line = {
        of,
        part,
        turn,
        at: new Date().toISOString(),
        seconds: Math.round(seconds),
        load: Number(loadavg()[0]?.toFixed(1)),
        result,
      };
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${gap}${JSON.stringify(line)}\n`);
      gap = '';
      lines.push(line);
    },
  };
}
