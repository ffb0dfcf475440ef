import { describe, expect, test } from 'vitest';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { Sample } from '#shared/engine/jobs/inspect-sample.ts';
import { readZone } from '#shared/engine/jobs/zone.ts';
import { inspectSample, type InspectSettings } from '#shared/engine/jobs/inspect.ts';
import { fixedCrypto } from '#test/support/case.ts';

const intake = createIntake(fixedCrypto, new Uint8Array(32));
const sampleOf = (name: string, text: string, isCut = false): Sample => {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, bytes, isCut, failure: undefined };
};
const inspect = (sample: Sample, how: Partial<InspectSettings> = {}) =>
  inspectSample(sample, { format: undefined, settings: {}, signal: new AbortController().signal, ...how }, intake);

const COMBINED = '192.0.2.7 - bill [10/Oct/2026:13:55:01 +0000] "GET /a?page=2 HTTP/1.1" 200 5 "-" "curl/8"\n';
const SECRET = 'sk_live_51H8xQ2eZvKYlo2C9zmT4uWqk';

describe('an inspected source', () => {
  test('says its format, why, and what its first records are', async () => {
    const found = await inspect(sampleOf('access.log', COMBINED.repeat(9)));
    expect(found).toMatchObject({ name: 'access.log', format: { id: 'access-combined' }, recognizedBy: 'content', layers: [] });
    expect(found.preview).toHaveLength(5);
    expect(found.preview[0]).toMatchObject({
      record: 1,
      call: { time: '2026-10-10T13:55:01.000000Z', method: 'GET', path: '/a', query: 'page=2', status: 200, principal: 'bill' },
    });
    expect(found.lines[0]).toContain('GET /a?page=2');
  });

  test('that no format claims keeps its lines in sight, and has no preview', async () => {
    const found = await inspect(sampleOf('notes.txt', 'Dear colleague,\nthe gateway was slow.\n'));
    expect(found).toMatchObject({ recognizedBy: 'none', preview: [], fields: [], lines: ['Dear colleague,', 'the gateway was slow.'] });
    expect(found.format).toBeUndefined();
  });

  test('of records that nobody knows has a proposal, its fields with examples, and the calls that it makes', async () => {
    const line = JSON.stringify({ when: '2026-10-10T13:55:01Z', verb: 'GET', address: '/a', outcome: 'fine', api_key: SECRET });
    const found = await inspect(sampleOf('own.ndjson', `${line}\n`.repeat(3)));
    expect(found.format).toBeUndefined();
    expect(found.proposal?.mapping.fields.method).toEqual(['verb']);
    expect(found.mapping).toEqual(found.proposal?.mapping);
    expect(found.fields.map(({ path }) => path)).toContain('outcome');
    expect(found.preview[0]?.call?.method).toBe('GET');
  });

  test('shows no secret in clear, neither in lines, examples, calls nor what was not understood', async () => {
    const json = `${JSON.stringify({ time: 'yesterday', verb: 'GET', url: `/a?api_key=${SECRET}`, authorization: `Bearer ${SECRET}` })}\n`;
    const mapping = { name: 'mine', requires: [], fields: { url: ['url'], status: ['authorization'] } };
    const found = [
      await inspect(sampleOf('own.ndjson', json.repeat(3))),
      await inspect(sampleOf('own.ndjson', json), { settings: { mapping } }),
      await inspect(sampleOf('own.log', `GET /a?api_key=${SECRET} Bearer ${SECRET}\n`), { format: 'access-combined' }),
    ];
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(found[1]?.preview[0]?.notUnderstood).toMatchObject([{ target: 'status' }]);
  });

  test('that is longer than its sample has no complaint about the record that the sample cuts', async () => {
    const cut = await inspect(sampleOf('access.log', `${COMBINED}192.0.2.7 - bill [10/Oct`, true));
    expect(cut.preview.flatMap(({ issues }) => issues)).toEqual([]);
    const whole = await inspect(sampleOf('access.log', `${COMBINED}192.0.2.7 - bill [10/Oct`));
    expect(whole.preview.flatMap(({ issues }) => issues)).toMatchObject([{ severity: 'reject', code: 'LINE_SHAPE' }]);
  });
});

describe('what an analyst tries on a source', () => {
  const lines = sampleOf('own.log', '192.0.2.7|GET /a HTTP/1.1|200|0.012\n192.0.2.8|GET /b HTTP/1.1|404|0.001\n');

  test('a log format reads the lines that follow it', async () => {
    const found = await inspect(lines, { format: 'log-format', settings: { logFormat: '$remote_addr|$request|$status|$request_time' } });
    expect(found.preview.map(({ call }) => [call?.path, call?.status, call?.durationMs])).toEqual([
      ['/a', 200, 12],
      ['/b', 404, 1],
    ]);
  });

  test('a log format with a fault is a problem in one sentence', async () => {
    const found = await inspect(lines, { format: 'log-format', settings: { logFormat: '$remote_addr$request' } });
    expect(found.problem).toMatch(/nothing stands between remote_addr and request/);
    expect(found.preview).toEqual([]);
  });

  test('a mapping that was not made yet is the proposed one, also for a format that is known', async () => {
    const json = `${JSON.stringify({ request: { uri: '/a' }, response: { status: 200 }, latencies: { request: 4 }, started_at: 1790000000000 })}\n`;
    const found = await inspect(sampleOf('kong.ndjson', json.repeat(2)), { format: 'mapped-json' });
    expect(found.mapping).toEqual(found.proposal?.mapping);
    expect(found.preview).toHaveLength(2);
  });

  test('a format that the content is not of shows what it rejects', async () => {
    const found = await inspect(lines, { format: 'access-combined' });
    expect(found.preview[0]?.issues).toMatchObject([{ severity: 'reject', code: 'LINE_SHAPE' }]);
  });

  test('a zone moves stamps that have none', async () => {
    const json = `${JSON.stringify({ time: '2026-10-10 13:55:01', method: 'GET', path: '/a', status: 200 })}\n`;
    const found = await inspect(sampleOf('own.ndjson', json.repeat(2)), { zone: { offsetMinutes: 120 } });
    expect(found.preview[0]?.call).toMatchObject({ time: '2026-10-10T11:55:01.000000Z', zoneKnown: false });
  });

  test('a zone with changes of the clock moves each stamp by what held at its time, and none that names its own', async () => {
    const at = (time: string): string => `${JSON.stringify({ time, method: 'GET', path: '/a', status: 200 })}\n`;
    const text = at('2026-10-24 13:55:01') + at('2026-10-26 13:55:01') + at('2026-10-24T13:55:01Z');
    const found = await inspect(sampleOf('own.ndjson', text), { zone: readZone('Europe/Brussels') });
    expect(found.preview.map(({ call }) => call?.time?.slice(5, 16))).toEqual(['10-24T11:55', '10-26T12:55', '10-24T13:55']);
  });
});
