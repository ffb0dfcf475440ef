import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Envelope, HeadSample, Unwrapped } from '../envelope.ts';
import { toLooseText } from '../read/fields.ts';
import { hasList } from './json-list.ts';

/** An event of CloudWatch Logs: its time in milliseconds and its message, which is the record. */
function unwrapEvent(_text: string, value: Json | undefined): Unwrapped | undefined {
  if (!isJsonObject(value) || typeof value['message'] !== 'string') return undefined;
  const program = toLooseText(value['logStreamName']);
  return { text: value['message'].replace(/\r?\n$/, ''), outer: { time: toLooseText(value['timestamp']), program } };
}

const hasEvents = (head: HeadSample, list: string): boolean => hasList(head, [list]) && head.text.includes('"message"');

/**
 * What CloudWatch Logs sends to a subscription: documents with a list `logEvents`, which Firehose joins without a line end
 * between them. Source: CloudWatch Logs user guide, subscription filters.
 */
export const cloudwatchSubscription = {
  id: 'cloudwatch-subscription',
  title: 'CloudWatch Logs subscription documents',
  around: 'json',
  joins: false,
  list: ['logEvents'],
  recognize: (head) =>
    hasEvents(head, 'logEvents') ? 'JSON documents with logEvents and message, as CloudWatch Logs sends them' : undefined,
  unwrap: unwrapEvent,
} as const satisfies Envelope;

/** The answer of `aws logs filter-log-events` and `get-log-events`. Source: AWS CLI reference. */
export const cloudwatchEvents = {
  id: 'cloudwatch-events',
  title: 'an answer of CloudWatch Logs with its events',
  around: 'json',
  joins: false,
  list: ['events'],
  recognize: (head) => (hasEvents(head, 'events') ? 'a JSON document with events and message, as aws logs gives it' : undefined),
  unwrap: unwrapEvent,
} as const satisfies Envelope;

/** The answer of `aws cloudtrail lookup-events`, whose events are JSON inside of a text. Source: AWS CLI reference. */
export const cloudtrailLookup = {
  id: 'cloudtrail-lookup',
  title: 'an answer of CloudTrail with its events',
  around: 'json',
  joins: false,
  list: ['Events'],
  recognize: (head) =>
    hasList(head, ['Events']) && head.text.includes('"CloudTrailEvent"')
      ? 'a JSON document with Events and CloudTrailEvent, as aws cloudtrail lookup-events gives it'
      : undefined,
  unwrap(_text, value) {
    if (!isJsonObject(value) || typeof value['CloudTrailEvent'] !== 'string') return undefined;
    return { text: value['CloudTrailEvent'], outer: { time: toLooseText(value['EventTime']) } };
  },
} as const satisfies Envelope;
