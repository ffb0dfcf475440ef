import { headText } from '../../../lib/text-bytes.ts';
import type { LogRecord, Recognition, RecordReader } from '../importer.ts';
import { isServerMessage } from '../read/server-messages.ts';
import { readAccessRest } from './access-rest.ts';
import { createClfClock, splitAccessLine, toAccessCall } from './access-line.ts';

/** Lines of the head that vote on the format. */
const VOTING_LINES = 50;
/** Share of the lines with an HTTP shape that must have this one. */
const NEEDED_SHARE = 0.6;
/** Share of all lines of the head that must have an HTTP shape when nothing else is known, so that a quotation in a text is no log. */
const NEEDED_OF_ALL = 0.2;

/** A list of forwarded addresses in quotes, in front of a line that ends in quotes by itself. */
const QUOTED_LIST = /^"[^", ]*(?:, ?[^", ]*){0,30}" /;

/** A piped logger that quotes puts one quote at both ends of every line. */
function unwrap(line: string): string {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') && !QUOTED_LIST.test(line) ? line.slice(1, -1) : line;
}

/** How many of the first lines are in combined and in common form. */
function voteOnAccessLines(head: Uint8Array): { readonly lines: number; readonly combined: number; readonly common: number } {
  const text = headText(head);
  const all = text.split(/\r\n|\n|\r/);
  // The head may end inside a line; that one does not vote unless it is the only one.
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  const lines = whole.filter((line) => line.trim() !== '' && !isServerMessage(line)).slice(0, VOTING_LINES);
  let combined = 0;
  let common = 0;
  for (const line of lines) {
    const fields = splitAccessLine(unwrap(line));
    if (fields?.userAgent !== undefined) combined += 1;
    else if (fields !== undefined && readAccessRest(fields.rest).unread === '') common += 1;
  }
  return { lines: lines.length, combined, common };
}

/** Recognition of the two forms: one is chosen by vote, as lines of both may stand in one file. */
export function recognizeAccessLog(head: Uint8Array, form: 'combined' | 'common'): Recognition {
  const votes = voteOnAccessLines(head);
  const mine = votes[form];
  const shaped = votes.combined + votes.common;
  if (mine === 0 || mine / shaped < NEEDED_SHARE || shaped / votes.lines < NEEDED_OF_ALL) {
    return { strength: 'none', why: `${String(mine)} of ${String(votes.lines)} lines in ${form} log form` };
  }
  const fields =
    form === 'combined'
      ? 'client, user, [time], "request", status, bytes, "referer", "user agent"'
      : 'client, user, [time], "request", status, bytes';
  return { strength: 'shape', why: `${String(mine)} of the first ${String(votes.lines)} lines read ${fields}` };
}

/** What the two forms share: lines of both may stand in one file, so both read either. */
export const accessRecords = {
  records: 'lines',
  shape: 'not client, user, [time], "request", status, bytes',
  independent: true,
  isReread: true,
  notes: ['The lines do not say whether a time is the start (Apache) or the end (nginx) of its call, nor how long the call took.'],
  isCertain: ({ text }: LogRecord) => splitAccessLine(unwrap(text)) !== undefined,
  open(): RecordReader {
    const clock = createClfClock();
    return ({ record, at, text }) => {
      const line = unwrap(text);
      const fields = splitAccessLine(line);
      return fields === undefined
        ? undefined
        : { kind: 'call', record, at, call: toAccessCall(line, fields, fields.timeAt === -1 ? undefined : clock(line, fields.timeAt)) };
    };
  },
} as const;
