import { expect, test } from 'vitest';
import { k8sAudit } from '#shared/engine/importers/formats/k8s-audit.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

const bytes = fixture('k8s-audit/audit.log');

test('the complete stage is the call: user, peer, verb as method, and the time between the stamps', async () => {
  const [list, exec, path] = await readCalls(k8sAudit, bytes);
  expect(list).toMatchObject({
    timeText: '2024-01-23T21:31:57.266001Z',
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 11.5,
    method: 'GET',
    path: '/api/v1/namespaces/shop/secrets',
    query: 'limit=500',
    status: 200,
    clientIp: '10.0.0.1',
    forwardedFor: '203.0.113.7, 10.0.0.1',
    userAgent: 'kubectl/v1.29',
    consumer: 'system:serviceaccount:shop:bot',
    requestId: '0c3b1b0e-0001-4a5b-8a59-c7d1a9d00001',
  });
  expect(extrasOf(list)).toMatchObject({ verb: 'list', level: 'RequestResponse' });
  expect(exec).toMatchObject({ method: 'POST', status: 403, requestBody: { text: '{"kind":"PodExecOptions"}' }, clientIp: '10.0.0.9' });
  expect(path).toMatchObject({ method: 'GET', path: '/healthz' });
});

test('other stages are skipped with a reason', async () => {
  expect(await readIssues(k8sAudit, bytes)).toEqual(['1: NOT_HTTP the stage RequestReceived of a call; only ResponseComplete is one']);
});
