import { expect, test } from 'vitest';
import { entraSignIn } from '#shared/engine/importers/formats/entra-sign-in.ts';
import { extrasOf, fixture, readCalls, readIssues } from '#test/support/read-fixture.ts';

test('a streamed sign-in: who wanted a token for what, from where, in which session', async () => {
  const call = (await readCalls(entraSignIn, fixture('entra-sign-in/stream.json')))[2];
  expect(call).toMatchObject({
    timeText: '2026-11-17T13:54:03.0729893+00:00',
    zoneKnown: true,
    durationMs: 239,
    path: '/SignInLogs/Windows%20Azure%20Service%20Management%20API',
    isOperation: true,
    outcome: 'given',
    clientIp: '203.0.113.7',
    userAgent: 'python-requests/2.32.3',
    consumer: 'ann@acme.example',
    sessionId: 's-1',
    requestId: 'sign-in-3',
  });
  expect(extrasOf(call)).toMatchObject({ uniqueTokenIdentifier: 'dXRpLXRoYXQtaXMtbWFkZS11cC03', appDisplayName: 'Azure CLI' });
});

test('a wrong password was denied, an interrupt refuses nothing, a service has its key', async () => {
  const calls = await readCalls(entraSignIn, fixture('entra-sign-in/stream.json'));
  expect(calls.map((call) => [call.consumer, call.credentialId ?? call.sessionId, call.outcome, extrasOf(call)['errorCode']])).toEqual([
    ['ann@acme.example', 's-1', 'denied', '50126'],
    ['ann@acme.example', 's-1', 'failed', '50140'],
    ['ann@acme.example', 's-1', 'given', '0'],
    ['ann@acme.example', 's-1', 'given', '0'],
    ['ci-bot', 'key-7', 'denied', '7000215'],
  ]);
});

test('what is streamed beside sign-ins is skipped by its name', async () => {
  expect(await readIssues(entraSignIn, fixture('entra-sign-in/stream.json'))).toEqual(['6: NOT_HTTP a record of AuditLogs, not of a call']);
});

test('a row of Log Analytics, whose status is a text, and an answer of Graph, which has no category', async () => {
  const [row] = await readCalls(entraSignIn, fixture('entra-sign-in/table.json'));
  expect(row).toMatchObject({
    timeText: '2026-11-17T13:54:59.987Z',
    path: '/SignInLogs/Azure%20Portal',
    outcome: 'denied',
    clientIp: '2001:db8::7',
  });
  expect(extrasOf(row)).toMatchObject({ errorCode: '53003', failureReason: 'Access has been blocked' });
  const [answer] = await readCalls(entraSignIn, fixture('entra-sign-in/graph.json'));
  expect(answer).toMatchObject({ path: '/NonInteractiveUserSignInLogs/Microsoft%20Graph', outcome: 'given', requestId: 'g-1' });
});
