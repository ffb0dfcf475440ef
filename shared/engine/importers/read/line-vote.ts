import { headText } from '../../../lib/text-bytes.ts';
import type { Recognition } from '../importer.ts';
import { isServerMessage } from './server-messages.ts';

/** Lines of the head that vote on the format. */
const VOTING_LINES = 50;
/** Share of the voting lines that must have the shape: a log holds mostly its own lines, and a text that quotes one does not. */
const NEEDED_SHARE = 0.5;

/** What a format makes of a line: a call; one of its own lines that is none, and does not vote; `undefined` for foreign ones. */
export type LineKind = 'call' | 'other' | undefined;

/** What a vote found. */
interface LineVote {
  readonly strength: 'none' | 'shape';
  /** `12 of the first 13 lines`. */
  readonly of: string;
}

/** Counts the lines of a format among the first ones. */
export function voteByLines(head: Uint8Array, kindOf: (line: string) => LineKind): LineVote {
  const all = headText(head).split(/\r\n|\n|\r/);
  // The head may end inside a line; that one votes only when it reads as one of the format, or is the only one.
  const last = all.length > 1 ? all.pop() : undefined;
  const whole = last !== undefined && kindOf(last) !== undefined ? [...all, last] : all;
  const lines = whole.filter((line) => line.trim() !== '' && !isServerMessage(line)).slice(0, VOTING_LINES);
  let calls = 0;
  let others = 0;
  for (const line of lines) {
    const kind = kindOf(line);
    if (kind === 'call') calls += 1;
    else if (kind === 'other') others += 1;
  }
  const voting = lines.length - others;
  return {
    strength: calls > 0 && calls / voting >= NEEDED_SHARE ? 'shape' : 'none',
    of: `${String(calls)} of the first ${String(lines.length)} lines`,
  };
}

/** Recognises a format by the shape of its lines. `shape` completes the sentence `12 of the first 13 lines read …`. */
export function recognizeByLines(head: Uint8Array, kindOf: (line: string) => LineKind, shape: string): Recognition {
  const { strength, of } = voteByLines(head, kindOf);
  return { strength, why: `${of} read ${shape}` };
}
