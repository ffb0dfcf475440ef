import { expect, test } from 'vitest';
import { oktaSystemLog } from '#shared/engine/importers/formats/okta-system-log.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

const events = (): Uint8Array => fixture('okta-system-log/events.ndjson');

test('an event with what it was done to stands as path; the API token that made the request is the credential', async () => {
  const call = (await readCalls(oktaSystemLog, events()))[3];
  expect(call).toMatchObject({
    timeText: '2026-11-17T13:54:05.000Z',
    path: '/user.mfa.factor.deactivate/bob%40acme.example',
    isOperation: true,
    clientIp: '203.0.113.7',
    userAgent: 'python-requests/2.32.3',
    consumer: 'ann@acme.example',
    credentialId: '00T18g7sdlC8sdlwA0h7',
    requestId: 'req-4',
    route: '/api/v1/users/00u9/factors/f1',
    outcome: 'given',
  });
  expect(call?.sessionId).toBe('trs1');
  expect(extrasOf(call)).toMatchObject({ 'actor.type': 'User' });
});

test('a wrong password was denied, a scope that is not there failed, a challenge says nothing yet', async () => {
  const calls = await readCalls(oktaSystemLog, events());
  expect(calls.map(({ path, outcome }) => [path, outcome])).toEqual([
    ['/user.session.start', 'denied'],
    ['/user.session.start', 'given'],
    ['/policy.evaluate_sign_on/Default%20Policy', 'given'],
    ['/user.mfa.factor.deactivate/bob%40acme.example', 'given'],
    ['/app.oauth2.as.token.grant.access_token/Wiki', 'failed'],
    ['/user.authentication.auth_via_mfa', undefined],
  ]);
  expect(extrasOf(calls[0])['outcome.reason']).toBe('INVALID_CREDENTIALS');
});

test('the word unknown names no session', async () => {
  const [before, after] = await readCalls(oktaSystemLog, events());
  expect([before?.sessionId, after?.sessionId]).toEqual([undefined, '102bZDNFfWaQSyEZQuDgWt-uQ']);
});
