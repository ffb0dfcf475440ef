import { expect, test } from 'vitest';
import { awsBedrock } from '#shared/engine/importers/formats/aws-bedrock.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('model, tokens, tools that the model asked for, and both bodies', async () => {
  const [call] = await readCalls(awsBedrock, fixture('aws-bedrock/invocations.jsonl'));
  expect(call).toMatchObject({
    method: 'POST',
    host: 'bedrock-runtime.us-east-1.amazonaws.com',
    path: '/model/anthropic.claude-3-sonnet-20240229-v1%3A0/converse',
    route: 'anthropic.claude-3-sonnet-20240229-v1:0',
    service: 'bedrock',
    consumer: 'arn:aws:sts::123456789012:assumed-role/agent/session',
    durationMs: 812,
    timeKind: 'unknown',
    zoneKnown: true,
  });
  expect(call?.requestBody?.text).toContain('list my tickets');
  expect(call?.status).toBeUndefined();
  expect(extrasOf(call)).toMatchObject({
    'tools-called': 'list_tickets',
    'gen_ai.usage.input_tokens': '12',
    'gen_ai.usage.output_tokens': '31',
  });
});

test('the events of a streamed answer are joined to their text', async () => {
  const call = (await readCalls(awsBedrock, fixture('aws-bedrock/invocations.jsonl')))[1];
  expect(call?.responseBody).toMatchObject({ text: 'Good day', mime: 'text/plain', note: 'joined from 2 of 4 stream events' });
  expect(call?.path).toBe('/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke-with-response-stream');
});

test('a body that stands elsewhere is named, not invented', async () => {
  const call = (await readCalls(awsBedrock, fixture('aws-bedrock/invocations.jsonl')))[2];
  expect(call?.requestBody).toMatchObject({ text: undefined, note: 'stored at s3://bucket/prefix/b-3_input.json.gz' });
  expect(call?.responseBody).toBeUndefined();
  expect(extrasOf(call)['errorCode']).toBe('ThrottlingException');
});
