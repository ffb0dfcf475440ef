import { expect, test } from 'vitest';
import { awsAlb } from '#shared/engine/importers/formats/aws-alb.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

/** `results["s01-parse"]["crowdsecurity/aws-alb"][3].Evt.Parsed["port"] == "443"`, as crowdsec's own test has it. */
const ASSERTION = /^results\["s01-parse"\]\["crowdsecurity\/aws-alb"\]\[(\d+)\]\.Evt\.Parsed\["(\w+)"\] == (".*")$/;

function readExpected(): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const expected = new Map<number, Record<string, string>>();
  for (const line of new TextDecoder().decode(fixture('corpus/expected/crowdsec-aws-alb-logs.parser.assert')).split('\n')) {
    const [, index, name, value] = ASSERTION.exec(line) ?? [];
    if (index === undefined || name === undefined || value === undefined) continue;
    const fields = expected.get(Number(index)) ?? {};
    fields[name] = JSON.parse(value) as string;
    expected.set(Number(index), fields);
  }
  return expected;
}

const orDash = (value: string | number | undefined): string => (value === undefined ? '-' : String(value));

test('every field that another parser finds in 14 real lines is found here as well', async () => {
  const expected = readExpected();
  const calls = await readCalls(awsAlb, fixture('corpus/aws/crowdsec-alb.log'));
  expect(calls.length).toBe(14);
  expect(expected.size).toBe(14);
  for (const [index, call] of calls.entries()) {
    const extras = extrasOf(call);
    const timings = Object.fromEntries(call.timings ?? []);
    const seconds = (phase: string): string => (timings[phase] === undefined ? '-1' : (timings[phase] / 1000).toFixed(3));
    const found: Record<string, string> = {
      type: orDash(extras['type']),
      time: orDash(call.timeText),
      elb: orDash(call.service),
      remote_addr: orDash(call.clientIp),
      remote_port: orDash(extras['client-port']),
      http_method: orDash(call.method),
      protocol: orDash(call.scheme),
      host: orDash(call.host),
      port: orDash(call.port),
      request: `${call.path ?? ''}${call.query === undefined ? '' : `?${call.query}`}`,
      http_user_agent: orDash(call.userAgent),
      elb_status_code: orDash(call.status),
      target_status_code: orDash(extras['target-status']),
      received_bytes: orDash(call.reqBytes),
      sent_bytes: orDash(call.resBytes),
      request_processing_time: seconds('request'),
      target_processing_time: seconds('target'),
      response_processing_time: seconds('response'),
      ssl_cipher: orDash(extras['tls-cipher']),
      ssl_protocol: orDash(extras['tls-version']),
      target_group_arn: orDash(extras['target-group']),
      trace_id: orDash(extras['trace']),
      domain_name: orDash(extras['sni']),
      chosen_cert_arn: orDash(extras['certificate']),
      matched_rule_priority: orDash(call.route),
      request_creation_time: orDash(extras['request-creation-time']),
      actions_executed: orDash(extras['actions']),
      redirect_url: orDash(call.redirectUrl),
      error_reason: orDash(extras['error-reason']),
      target_list: orDash(extras['targets']),
      target_status_code_list: orDash(extras['target-statuses']),
      classification: orDash(extras['classification']),
      classification_reason: orDash(extras['classification-reason']),
      conn_trace_id: orDash(extras['connection-trace-id']),
      transformed_host: orDash(extras['transformed-host']),
      transformed_uri: orDash(extras['transformed-uri']),
      request_transform_status: orDash(extras['transform-status']),
    };
    const theirs = expected.get(index) ?? {};
    const compared = Object.keys(theirs).filter((name) => name in found);
    expect(compared.length).toBeGreaterThan(30);
    expect(Object.fromEntries(compared.map((name) => [name, found[name]]))).toEqual(
      Object.fromEntries(compared.map((name) => [name, theirs[name]])),
    );
  }
});

test('the stamp is the response; a duration comes from the three times, or from the creation where the request went nowhere', async () => {
  const [passed, summed, blocked] = await readCalls(awsAlb, fixture('aws-alb/mixed.log'));
  expect(passed?.time && printTime(passed.time)).toBe('2018-07-02T22:23:00.186641Z');
  expect(passed).toMatchObject({
    timeKind: 'end',
    zoneKnown: true,
    durationMs: 1,
    upstream: '10.0.0.1:80',
    traceId: '1-58337262-36d228ad5d99923122bbe354',
  });
  expect(summed?.durationMs).toBe(171);
  expect(blocked).toMatchObject({
    durationMs: 1,
    status: 404,
    clientIp: '2001:db8::7',
    timings: undefined,
    upstream: undefined,
    userAgent: undefined,
  });
  expect(blocked?.path).toBe('/%%32%65%%32%65/');
});

test('a creation that lies years before the response tells no duration', async () => {
  const line = new TextDecoder().decode(fixture('aws-alb/mixed.log')).split('\n')[2] ?? '';
  const [call] = await readCalls(awsAlb, line.replace('2018-11-30T22:23:00.185641Z', '2011-11-30T22:23:00.185641Z'));
  expect(call?.durationMs).toBeUndefined();
});

test('spaces in the URL, quotes in the user agent and fields that are not known yet are kept', async () => {
  const [, call] = await readCalls(awsAlb, fixture('aws-alb/mixed.log'));
  expect(call).toMatchObject({ method: 'GET', path: '/a b', query: 'q=x y', userAgent: 'Agent "quoted" 1.0', route: '1' });
  expect(call?.traceId).toBe('1-58337281-1d84f3d73c47ec4e58577259');
  expect(extrasOf(call)).toMatchObject({
    sni: 'www.example.com',
    'field-34': 'future-field',
    'connection-trace-id': 'TID_1234abcd5678ef90',
  });
});

test('of a request that could not be read only the address is known', async () => {
  const call = (await readCalls(awsAlb, fixture('aws-alb/mixed.log')))[3];
  expect(call).toMatchObject({ status: 400, scheme: 'http', host: 'my-loadbalancer-1.eu-west-1.elb.amazonaws.com', port: 80 });
  expect([call?.method, call?.path]).toEqual([undefined, undefined]);
});

test('classic lines stamp the arrival; network lines, connections and TCP are skipped with a reason', async () => {
  const bytes = fixture('aws-alb/mixed.log');
  expect((await readCalls(awsAlb, bytes))[4]).toMatchObject({
    timeKind: 'start',
    path: '/classic',
    durationMs: 1.178,
    service: 'my-loadbalancer',
  });
  expect(await readIssues(awsAlb, bytes)).toEqual([
    '5: NOT_HTTP a TLS connection of a network load balancer, not a request',
    '6: NOT_HTTP a connection of a load balancer, not a request',
    '8: NOT_HTTP a TCP connection, not a request',
  ]);
});

test('a line that ends before the user agent is rejected', async () => {
  const line = new TextDecoder().decode(fixture('aws-alb/mixed.log')).slice(0, 150);
  expect(await readIssues(awsAlb, line)).toEqual([expect.stringMatching(/^1: LINE_SHAPE /)]);
});
