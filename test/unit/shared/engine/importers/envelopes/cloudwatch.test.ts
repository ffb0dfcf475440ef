import { expect, test } from 'vitest';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { callsOf, countOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const LINE = '192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET /a HTTP/1.1" 200 49 "-" "curl/8.0"';
const RECORD =
  '{"requestId":"r-1","ip":"192.0.2.1","requestTime":"10/Oct/2023:13:55:36 +0000","httpMethod":"GET","resourcePath":"/a","status":"200","responseLength":"4"}';

const subscription = (messages: readonly string[]): string =>
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/apigw',
    logStream: 's',
    logEvents: messages.map((message, index) => ({ id: String(index), timestamp: 1_696_946_136_000, message })),
  });

async function readText(
  text: string,
): Promise<{ format: string | undefined; layers: readonly string[]; items: Awaited<ReturnType<typeof readAll>> }> {
  const { importer, layers } = recognize(toBytes(text), 'evidence');
  return {
    format: importer?.id,
    layers: layers.map((layer) => layer.id),
    items: importer === undefined ? [] : await readAll(importer, text),
  };
}

test('documents that Firehose joined without line ends give the lines inside of them', async () => {
  const read = await readText(subscription([`${LINE}\n`, LINE]) + subscription([LINE]));
  expect([read.format, read.layers]).toEqual(['access-combined', ['cloudwatch-subscription']]);
  expect(countOf(read.items).accepted).toBe(3);
  expect(callsOf(read.items).map((item) => item.record)).toEqual([1, 2, 3]);
  expect(notesOf(read.items).join(' ')).toContain('CloudWatch Logs subscription documents');
});

test('messages that are JSON are read as JSON, and a control message is skipped', async () => {
  const read = await readText(`${subscription([RECORD, 'CWL CONTROL MESSAGE: Checking health of destination Firehose.', RECORD])}\n`);
  expect([read.format, read.layers]).toEqual(['aws-apigw-json', ['cloudwatch-subscription']]);
  expect(countOf(read.items)).toMatchObject({ accepted: 2, rejected: 0, skipped: 1 });
  expect(callsOf(read.items)[0]?.call.rawText).toBe(RECORD);
});

test('the answer of filter-log-events is read, with the time of the event where the record has none', async () => {
  const noTime = RECORD.replace('"requestTime":"10/Oct/2023:13:55:36 +0000"', '"requestTime":"-"');
  const read = await readText(
    JSON.stringify(
      { events: [{ logStreamName: 's', timestamp: 1_696_946_136_123, message: noTime, eventId: '1' }], searchedLogStreams: [] },
      null,
      2,
    ),
  );
  expect([read.format, read.layers]).toEqual(['aws-apigw-json', ['cloudwatch-events']]);
  const time = callsOf(read.items)[0]?.call.time;
  expect(time && printTime(time)).toBe('2023-10-10T13:55:36.123000Z');
});

test('a list of events that are no log events is left alone', async () => {
  expect((await readText('{"events":[{"name":"a","message":"hello"},{"name":"b","message":"world"}]}')).format).toBeUndefined();
});
