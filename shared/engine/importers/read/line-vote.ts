import { headText } from '../../../lib/text-bytes.ts';
import type { Recognition } from '../importer.ts';
import { isServerMessage } from './server-messages.ts';

/** Lines of the head that vote on the format. */
const VOTING_LINES = 50;
/** Share of the voting lines that must have the shape: a log holds mostly its own lines, and a text that quotes one does not. */
const NEEDED_SHARE = 0.5;

/** What a format makes of a line: a call; one of its own lines that is none, and does not vote; `undefined` for foreign ones. */
export type LineKind = 'call' | 'other' | undefined;

/** Recognises a format by the shape of its lines. `shape` completes the sentence `12 of the first 13 lines read …`. */
export function recognizeByLines(head: Uint8Array, kindOf: (line: string) => LineKind, shape: string): Recognition {
  const all = headText(head).split(/\r\n|\n|\r/);
  // The head may end inside a line; that one does not vote unless it is the only one.
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  const lines = whole.filter((line) => line.trim() !== '' && !isServerMessage(line)).slice(0, VOTING_LINES);
  let calls = 0;
  let others = 0;
  for (const line of lines) {
    const kind = kindOf(line);
    if (kind === 'call') calls += 1;
    else if (kind === 'other') others += 1;
  }
  const voting = lines.length - others;
  return calls > 0 && calls / voting >= NEEDED_SHARE
    ? { strength: 'shape', why: `${String(calls)} of the first ${String(lines.length)} lines read ${shape}` }
    : { strength: 'none', why: `${String(calls)} of the first ${String(lines.length)} lines read ${shape}` };
}
