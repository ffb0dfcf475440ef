import { LineCutter, MAX_LINE_BYTES } from '../../../lib/lines.ts';
import type { Line } from '../../../lib/lines.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { TextBytes } from '../../../lib/text-bytes.ts';
import { createClfClock, splitAccessLine, toAccessCall } from './access-line.ts';
import type { ByteSource, Imported, ReadContext, Recognition } from '../importer.ts';
import { Batch, createTimeCheck, openText, toIssue, toRange } from '../read/reading.ts';

/** Lines of the head that vote on the format. */
const VOTING_LINES = 50;
/** Share of the lines with an HTTP shape that must have this one. */
const NEEDED_SHARE = 0.6;
/** Share of all lines of the head that must have an HTTP shape when nothing else is known, so that a quotation in a text is no log. */
const NEEDED_OF_ALL = 0.2;

/** Lines of the servers' error logs, which are often mixed in: nginx, Apache, LiteSpeed. */
const ERROR_LINE =
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[|\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \[)/;

/** A piped logger that quotes puts one quote at both ends of every line. */
function unwrap(line: string): string {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
}

/** How many of the first lines are in combined and in common form. */
function voteOnAccessLines(head: Uint8Array): { readonly lines: number; readonly combined: number; readonly common: number } {
  const text = headText(head);
  const all = text.split(/\r\n|\n|\r/);
  // The head may end inside a line; that one does not vote unless it is the only one.
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  const lines = whole.filter((line) => line.trim() !== '' && !ERROR_LINE.test(line)).slice(0, VOTING_LINES);
  let combined = 0;
  let common = 0;
  for (const line of lines) {
    const fields = splitAccessLine(unwrap(line));
    if (fields?.userAgent !== undefined) combined += 1;
    else if (fields?.rest === '') common += 1;
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

/** Reads an access log line by line; lines of an error log are skipped, other lines rejected. */
export async function* readAccessLog(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const { chunks, places } = openText(source, context);
  const cutter = new LineCutter();
  const batch = new Batch();
  const take = createLineReader(places, batch);
  for await (const chunk of chunks) {
    for (const line of cutter.push(chunk)) {
      take(line);
      if (batch.full) yield batch.take();
    }
  }
  const last = cutter.end();
  if (last !== undefined) take(last);
  batch.add({
    kind: 'note',
    text: 'The lines do not say whether a time is the start (Apache) or the end (nginx) of its call, nor how long the call took.',
  });
  yield batch.take();
}

function createLineReader(places: TextBytes, batch: Batch): (line: Line) => void {
  const clock = createClfClock();
  const checkTime = createTimeCheck();
  return (line) => {
    const { text } = line;
    if (line.length === 0 || (line.problem === undefined && text.trim() === '')) return;
    const where = { record: line.number, at: toRange(places, line.start, line.length) };
    if (line.problem === 'too-long') {
      batch.add(
        toIssue('reject', 'LINE_TOO_LONG', `a line of ${String(line.length)} bytes; the limit is ${String(MAX_LINE_BYTES)}`, where, text),
      );
      return;
    }
    const unwrapped = unwrap(text);
    const fields = splitAccessLine(unwrapped);
    if (fields === undefined) {
      batch.add(
        ERROR_LINE.test(text)
          ? toIssue('skip', 'NOT_HTTP', 'a line of an error log', where, text)
          : toIssue('reject', 'LINE_SHAPE', 'not client, user, [time], "request", status, bytes', where, text),
      );
      return;
    }
    const call = toAccessCall(unwrapped, fields, clock(unwrapped, fields.timeAt));
    batch.add({ kind: 'call', record: line.number, at: where.at, call });
    const doubt = checkTime(call, where, text);
    if (doubt !== undefined) batch.add(doubt);
    if (line.problem === 'invalid-utf8')
      batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', where, text));
  };
}
