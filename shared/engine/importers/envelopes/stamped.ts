import type { Envelope } from '../envelope.ts';
import { byLines } from './share.ts';

/** `2026-11-13T00:00:12.547Z {…}`: a time of UTC and the record, in JSON or as a line of an access log. */
const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)[ \t]+(?=\{|[\da-f.:]{7,45} \S+ \S+ \[)/;

/**
 * A time in front of each record: what an export of CloudWatch Logs to S3 writes.
 * Source: CloudWatch Logs user guide, "Exporting log data to Amazon S3": each event is its time in ISO 8601, a space, its message.
 */
export const stamped = {
  id: 'stamped',
  title: 'records with a time in front (export of CloudWatch Logs)',
  around: 'lines',
  joins: false,
  recognize: byLines((line) => LINE.test(line), 'lines are a time and a record, as an export of CloudWatch Logs to S3 has them'),
  unwrap(text) {
    const match = LINE.exec(text);
    return match === null ? undefined : { text: text.slice(match[0].length), outer: { time: match[1] } };
  },
} as const satisfies Envelope;
