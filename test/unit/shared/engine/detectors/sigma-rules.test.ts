import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCodec } from '#electron/node/crypto.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const fixture = (name: string): string => readFileSync(`test/fixtures/sigma/${name}.yml`, 'utf8');

const run = (rules: string, text: string): Promise<Detected> =>
  detect(['sigma-rules'], text, {}, ({ db }) => {
    defineQueryFunctions(db, nodeCodec);
    db.prepare("INSERT INTO knowledge (kind, name, text, sha256) VALUES ('sigma', 'rules.yml', ?, 'x')").run(rules);
  });
const titles = ({ findings }: Detected): readonly string[] => findings.map(({ title }) => /"(.*)"/.exec(title)?.[1] ?? '');
const one = (detection: string): string => `title: T\nid: t\nlogsource: { category: webserver }\ndetection:\n${detection}`;

const TRAFFIC = `
  00:01 service:a GET api.acme.test/v1/files/../../etc/passwd 404 ip=203.0.113.9 ua=curl/8
  00:02 service:a GET api.acme.test/static/../x 200 ip=203.0.113.9 ua=curl/8
  00:03 service:a GET api.acme.test/v1/items?x=%27%20OR%201 200 ip=203.0.113.9 ua=SQLMap/1.7
  00:04 service:a GET api.acme.test/v1/admin/users 200 ip=203.0.113.9 ua=curl/8
  00:05 service:b GET api.acme.test/v1/admin/users 200 ip=10.2.3.4 ua=curl/8
  00:06 service:b GET api.acme.test/v1/admin/users 403 ip=203.0.113.9 ua=curl/8`;

test('public forms of web rules find their calls and leave the others', async () => {
  const found = await run(fixture('web'), TRAFFIC);
  expect(titles(found).toSorted()).toEqual([
    'Admin function answered from outside',
    'Path traversal in a request',
    'Scanner by its User-Agent',
    'Words of an injection',
  ]);
  expect(found.findings.find(({ title }) => title.includes('traversal'))).toMatchObject({
    detector: 'sigma:11111111-1111-4111-8111-111111111101',
    family: 'rule',
    severity: 'high',
    calls: ['kong#1'],
    maps: { attack: ['T1190'], cwe: ['CWE-22'] },
    expected: { references: ['https://example.test/traversal'] },
    benignTested: [{ explanation: 'Clients that do not resolve links' }],
  });
  expect(found.findings.find(({ title }) => title.includes('Admin'))?.calls).toEqual(['kong#4']);
});

test('traffic without any of it gives nothing', async () => {
  const found = await run(fixture('web'), '00:01 service:a GET api.acme.test/v1/items/7 200 ip=10.0.0.1 ua=curl/8');
  expect(found.findings).toEqual([]);
  expect(found.notEvaluable).toEqual([]);
});

test('rules that cannot run are named with the reason, the others run', async () => {
  const found = await run(`${one('  s: { sc-status: 200 }\n  condition: s')}\n---\ntitle: Gone\nid: g\nlogsource: { category: dns }\ndetection: { s: { q: 1 }, condition: s }`, TRAFFIC);
  expect(found.findings).toHaveLength(1);
  expect(found.partlyEvaluable).toMatchObject([{ detector: 'sigma-rules', reason: expect.stringContaining('1 of 2 Sigma rules cannot run: Gone') as string }]);
}); // prettier-ignore

test.each([
  ['cs-uri-stem: /V1/ADMIN/USERS', 3],
  ['cs-uri-stem|cased: /V1/ADMIN/USERS', 0],
  ['cs-uri-stem: /v1/*/users', 3],
  ['cs-uri-stem: /v1/admin/user?', 3],
  ['c-uri: http*://api.acme.test/v1/admin*', 3],
  ['c-uri|contains|all: [items, "27%20"]', 1],
  ['cs-uri-query|exists: false', 5],
  ['c-useragent|neq: curl/8', 1],
  ['sc-status: 4*', 2],
  ['"sc-status|lte": 403', 5],
  ['"cs-host|fieldref|endswith": cs-host', 6],
  ['"time|minute": 0', 6],
  ['"time|hour": 5', 0],
  ['cs-username: [a, b]', 6],
  ['c-ip|cidr: 203.0.113.0/24', 5],
  [`c-uri: "' UNION; DROP TABLE call; --"`, 0],
])('%s fits %i calls', async (line, calls) => {
  const { findings } = await run(one(`  s:\n    ${line}\n  condition: s`), TRAFFIC);
  expect(findings[0]?.calls.length ?? 0).toBe(calls);
});

const LOGINS = `
${Array.from({ length: 6 }, (_, at) => `00:0${String(at)} - POST api.acme.test/login 401 ip=203.0.113.9 ua=x answer=100 dur=10`).join('\n')}
  00:07 - POST api.acme.test/login 200 ip=203.0.113.9 ua=x answer=900 dur=10
  00:08 - POST api.acme.test/login 200 ip=203.0.113.7 ua=x answer=900 dur=10
  09:00 - POST api.acme.test/login 401 ip=203.0.113.7 ua=x answer=100 dur=10
${Array.from({ length: 7 }, (_, at) => `10:0${String(at)} - GET api.acme.test/docs/page${'abcdefg'.charAt(at)} 200 ip=203.0.113.5 ua=x answer=400000 dur=9000`).join('\n')}
${Array.from({ length: 30 }, (_, at) => `20:${String(at + 10)} - GET api.acme.test/x 200 ip=203.0.113.4 ua=x answer=10 dur=10`).join('\n')}`;

test('every type of correlation finds what it describes, by group and window, and its parts alone are no finding', async () => {
  const found = await run(fixture('correlations'), LOGINS);
  expect(found.notEvaluable).toEqual([]);
  expect(titles(found).toSorted()).toEqual([
    'Guessed at last',
    'Large on average',
    'Many names from one address',
    'Many refused sign-ins',
    'Much data',
    'Rare method',
    'Refused and good in any order',
    'Slow for the most',
  ]);
  const by = (title: string): readonly string[] | undefined => found.findings.find((finding) => finding.title.includes(title))?.calls;
  expect(by('Many refused')).toHaveLength(6);
  expect(by('Guessed')).toEqual(['kong#6', 'kong#7']);
  expect(by('Much data')).toHaveLength(7);
});

test('a group in which nothing has the field, or a part that is missing, says so', async () => {
  const rule = 'title: T\nid: c\ncorrelation: { type: event_count, rules: [gone], group-by: [c-ip], timespan: 5m, condition: { gte: 1 } }';
  const { partlyEvaluable } = await run(rule, LOGINS);
  expect(partlyEvaluable[0]?.reason).toContain('correlates "gone", which no file of the case defines');
});

const ofTrail = (detection: string): string =>
  `title: T\nid: t\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n${detection}`;
const TRAIL = `
  00:01 human:ann CALL cloudtrail.amazonaws.com/StopLogging/org-trail - in=cloudtrail said=given ip=203.0.113.9
  00:02 human:ann CALL s3.amazonaws.com/StopLogging/x - in=cloudtrail said=given
  00:03 human:ann CALL cloudtrail.amazonaws.com/DescribeTrails - in=cloudtrail said=given
  00:04 human:ann GET cloudtrail.amazonaws.com/StopLogging 200`;

test('rules of CloudTrail ask for operations, services and parameters; what is not searched is said', async () => {
  const calls = async (detection: string): Promise<readonly string[]> => (await run(ofTrail(detection), TRAIL)).findings.flatMap((found) => found.calls);
  expect(await calls('  a: { eventSource: cloudtrail.amazonaws.com, eventName: [StopLogging, DeleteTrail] }\n  condition: a')).toEqual(['cloudtrail#1']);
  expect(await calls('  a: { eventName|startswith: Describe }\n  condition: a')).toEqual(['cloudtrail#3']);
  expect(await calls("  a: { sourceIPAddress|cidr: '203.0.113.0/24' }\n  condition: a")).toEqual(['cloudtrail#1']);
  const { notEvaluable, partlyEvaluable } = await run(ofTrail('  a: { errorCode: AccessDenied }\n  condition: a'), TRAIL);
  expect(JSON.stringify([notEvaluable, partlyEvaluable])).toContain('errorCode is not supported: it stands beside the call and is not searched; outcome is');
}); // prettier-ignore

test('a rule that asks for an error log says so', async () => {
  const rule =
    "title: T\nid: t\nlogsource: { service: apache, definition: 'needs the error.log' }\ndetection:\n  a: ['exit signal']\n  condition: a";
  const { notEvaluable, partlyEvaluable } = await run(rule, TRAIL);
  expect(JSON.stringify([notEvaluable, partlyEvaluable])).toContain('it asks for the error log of a server, which holds no requests');
});
