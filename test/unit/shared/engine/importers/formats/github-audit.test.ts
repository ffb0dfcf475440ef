import { expect, test } from 'vitest';
import { githubAudit } from '#shared/engine/importers/formats/github-audit.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { printTime } from '#shared/model/units.ts';
import { extrasOf, fixture, readCalls } from '#test/support/read-fixture.ts';

test('a request to the API has method, path, query and status; its token is known by its hash', async () => {
  const [call, other] = await readCalls(githubAudit, fixture('github-audit/stream.ndjson'));
  expect(call?.time && printTime(call.time)).toBe('2025-11-17T13:54:00.102000Z');
  expect(call).toMatchObject({
    method: 'GET',
    path: '/repos/acme/shop/pulls',
    query: 'state=all',
    route: '/repos/{owner}/{repo}/pulls',
    status: 200,
    clientIp: '203.0.113.7',
    userAgent: 'curl/8.9.1',
    consumer: 'octo-bot',
    credentialId: 'E8Fzcgs3TQXqhrKKC/qNR+2XZnaK3ykQBSAt1kPMiJs=',
    requestId: 'R-1',
  });
  expect([call?.isOperation, call?.host, extrasOf(call)['token_id']]).toEqual([undefined, undefined, '555555']);
  expect(other).toMatchObject({ path: '/orgs/{org}/members', status: 403 });
});

test('an action stands as path with the narrowest thing it was done to; one that was rejected was denied', async () => {
  const texts = [fixture('github-audit/stream.ndjson'), fixture('github-audit/export.json')];
  const calls = (await Promise.all(texts.map((text) => readCalls(githubAudit, text)))).flat().filter((call) => call.isOperation === true);
  expect(calls.map(({ path, outcome }) => [path, outcome])).toEqual([
    ['/git.clone/acme%2Fshop', 'given'],
    ['/protected_branch.rejected_ref_update/acme%2Fshop', 'denied'],
    ['/personal_access_token.access_granted/octo-bot', 'given'],
    ['/repo.create/acme%2Fnew', 'given'],
    ['/org.add_member/hubot', 'given'],
    ['/user.failed_login/acme', 'denied'],
  ]);
});

test('actions of something else are not claimed', () => {
  const other = '{"action":"click","actor":"ann","created_at":1763387640102,"page":"/home"}\n';
  expect(recognize(new TextEncoder().encode(other), 'x').importer?.id).not.toBe('github-audit');
});
