import { expect, test } from 'vitest';
import { awsWaf } from '#shared/engine/importers/formats/aws-waf.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('a judged request: headers as headers, the status only where WAF answered', async () => {
  const [blocked, allowed] = await readCalls(awsWaf, fixture('aws-waf/acl.jsonl'));
  expect(blocked?.time && printTime(blocked.time)).toBe('2019-12-13T23:40:12.771000Z');
  expect(blocked).toMatchObject({
    method: 'GET',
    host: 'localhost',
    port: 1989,
    path: '/myUri',
    query: 'a=1',
    status: 403,
    clientIp: '1.1.1.1',
    userAgent: 'curl/7.61.1',
    requestId: 'rid',
    timeKind: 'unknown',
  });
  expect(blocked?.requestHeaders).toContainEqual(['Authorization', 'Bearer abc.def.ghi']);
  expect(extrasOf(blocked)).toMatchObject({
    action: 'BLOCK',
    terminatingRuleId: 'STMTest_SQLi_XSS',
    labels: 'awswaf:managed:aws:core custom:x',
    country: 'AU',
  });
  expect(allowed).toMatchObject({ method: 'POST', path: '/other', query: undefined, status: undefined });
});
