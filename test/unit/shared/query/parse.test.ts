import { describe, expect, test } from 'vitest';
import { nameOf } from '#shared/query/fields.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import { parseQuery, type QueryProblem } from '#shared/query/parse.ts';
import { queryNoise } from '#test/support/query-noise.ts';
import { seeded } from '#test/support/seeded.ts';

function ast(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.ast;
}

function problem(text: string): QueryProblem {
  const parsed = parseQuery(text);
  if (parsed.ok) throw new Error(`${text} was understood`);
  return parsed.error;
}

/** A short dump: one line, readable. */
function dump(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '*';
    case 'and':
    case 'or':
      return `${node.kind}(${node.items.map(dump).join(', ')})`;
    case 'not':
      return `not(${dump(node.item)})`;
    case 'text':
      return `"${node.pattern.join('*')}"`;
    case 'textRegex':
      return `/${node.source}/`;
    case 'regex':
      return `${nameOf(node)}~${node.source}`;
    case 'moment':
      return `time${node.op}${node.moment.anchor}${node.moment.offset < 0 ? '' : '+'}${String(node.moment.offset)}`;
    case 'match':
      return `${nameOf(node)}:${node.values.map((value) => value.join('*')).join('|')}`;
    case 'present':
      return `${nameOf(node)}?`;
    case 'compare':
      return `${node.field}${node.op}${String(node.value)}`;
    case 'network':
      return `${node.field} in ${node.network}`;
    case 'flag':
      return node.flag;
  }
}

describe('what queries mean', () => {
  test.each([
    ['', '*'],
    ['   ', '*'],
    ['*', '*'],
    ['refund failed', 'and("refund", "failed")'],
    ['"refund failed"', '"refund failed"'],
    ['agent:bill-bot', 'agent:bill-bot'],
    ['agent:(a or "b c")', 'agent:a|b c'],
    ['agent:*', 'agent?'],
    ['path:/v1/users', 'path:/v1/users'],
    ['path:/v1/inv/*', 'path:/v1/inv/*'],
    ['path:/users(1)/orders and a', 'and(path:/users(1)/orders, "a")'],
    ['(path:/users(1))', 'path:/users(1)'],
    ['status >= 400', 'status>=400'],
    ['status>=400', 'status>=400'],
    ['status:>=400 host:*.corp -path:/health', 'and(status>=400, host:*.corp, not(path:/health))'],
    ['status:4xx', 'status:4*'],
    ['status:(403 or 404)', 'or(status=403, status=404)'],
    ['status != 200', 'not(status=200)'],
    ['status: 404', 'status=404'],
    ['dur > 2s', 'durationMs>2000'],
    ['dur > 1.5m', 'durationMs>90000'],
    ['res.bytes > 5MB', 'resBytes>5000000'],
    ['req.bytes > 5KiB', 'reqBytes>5120'],
    ['time >= 2026-03-02T22:00Z', 'time>=1772488800000000'],
    ['time >= 2026-03-02T23:00+01:00', 'time>=1772488800000000'],
    ['time:2026-03-02', 'and(time>=1772409600000000, time<1772496000000000)'],
    ['ip:10.0.0.0/8', 'clientIp in 10.0.0.0/8'],
    ['ip:2001:db8::/32', 'clientIp in 2001:db8::/32'],
    ['ip:10.0.*', 'clientIp:10.0.*'],
    ['https://api.acme.test/v1?a=b', '"https://api.acme.test/v1?a=b"'],
    ['api.acme.test:443', '"api.acme.test:443"'],
    ['a=b', '"a=b"'],
    ['is:agent has:finding', 'and(is:agent, has:finding)'],
    ['is:(agent or human)', 'or(is:agent, is:human)'],
    ['a or b and c', 'or("a", and("b", "c"))'],
    ['(a or b) c', 'and(or("a", "b"), "c")'],
    ['NOT a AND -b', 'and(not("a"), not("b"))'],
    ['not not a', 'not(not("a"))'],
    ['not(a or b)', 'not(or("a", "b"))'],
    ['nothing andy organ', 'and("nothing", "andy", "organ")'],
    ['op:"GET api.acme.test/v1/users/{id}"', 'endpoint:GET api.acme.test/v1/users/{id}'],
    ['ref:logs/kong.jsonl#1', 'ref:logs/kong.jsonl#1'],
    ['tool:mcp:search_orders', 'tool:mcp:search_orders'],
    ['KIND:agent', 'kind:agent'],
    ['path:a\\*b', 'path:a*b'],
    ['path:/inv\\/\\d+$/', 'path~inv\\/\\d+$'],
    ['path:/a(b|c)/ and x', 'and(path~a(b|c), "x")'],
    ['(path:/a(b|c)/)', 'path~a(b|c)'],
    ['path:(/a|b/ or /v1)', 'or(path:/v1, path~a|b)'],
    ['-/refund(ed)?/', 'not(/refund(ed)?/)'],
    ['path:/[/)]x/', 'path~[/)]x'],
    ['path:/x\\ y/', 'path~x\\ y'],
    ['path:/v1/users/', 'path:/v1/users/'],
    ['path:/users/{id}/', 'path:/users/{id}/'],
    ['path:/users(1)/', 'path:/users(1)/'],
    ['path:/v1/*/', 'path:/v1/*/'],
    ['path:/a%20b/@me/x~y,z;w=1+2/', 'path:/a%20b/@me/x~y,z;w=1+2/'],
    ['path:/files/*.*/', 'path:/files/*.*/'],
    ['path:"/a|b/"', 'path:/a|b/'],
    ['/v1/users/', '"/v1/users/"'],
    ['header.X-Request-Id:abc*', 'header.x-request-id:abc*'],
    ['req.header.accept:*', 'req.header.accept?'],
    ['res.header.server:/nginx|envoy/', 'res.header.server~nginx|envoy'],
    ['req.body:refund', 'req.body:refund'],
    ['req.body.user.Id:42', 'req.body.user.Id:42'],
    ['RES.BODY.items.0.id:(a or b)', 'res.body.items.0.id:a|b'],
    ['time >= case.start + 5m', 'time>=start+300000'],
    ['time<case.end-1h', 'time<end-3600000'],
    ['time > case.start', 'time>start+0'],
    ['time > case.start -host:a', 'and(time>start+0, not(host:a))'],
    ['time > case.start -404', 'and(time>start+0, not("404"))'],
    ['dur > 1d', 'durationMs>86400000'],
    ['has:(secret or trace)', 'or(has:secret, has:trace)'],
  ])('%s', (text, meaning) => {
    const parsed = parseQuery(text);
    expect(parsed.ok ? dump(parsed.ast) : 'problem').toBe(meaning);
  });

  test('an escaped star is a star, not a wildcard', () => {
    expect(ast('path:a\\*b')).toEqual({ kind: 'match', field: 'path', values: [['a*b']] });
  });
});

describe('what is wrong, and where', () => {
  test.each([
    ['foo AND', 7, 'a condition is missing before the end'],
    ['or a', 0, 'a condition is missing before "or"'],
    ['a and and b', 6, 'a condition is missing before "and"'],
    ['"unclosed', 0, 'the quote is not closed'],
    ['a (b', 2, 'this parenthesis is not closed'],
    ['a) b', 1, 'this parenthesis closes nothing'],
    ['()', 1, 'a condition is missing before a closing parenthesis'],
    ['a statsu:404', 2, 'no field is called statsu; did you mean status?'],
    ['x-y:1', 0, 'no field is called x-y; put it in quotes to search for the text'],
    ['status:', 7, 'status needs a value'],
    ['status:abc', 7, 'status needs a whole number, such as 403'],
    ['dur > 2parsec', 6, 'durationMs needs a duration, such as 250ms, 2s or 1.5m'],
    ['time > yesterday', 7, 'time needs a time, such as 2026-03-02 or 2026-03-02T22:00Z'],
    ['time > 2026-02-30', 7, 'time needs a time, such as 2026-03-02 or 2026-03-02T22:00Z'],
    ['ip:10.0.0.0/40', 3, 'clientIp needs an address or a network, such as 10.0.0.0/8'],
    ['host > a', 7, 'host is text, so it has no order; write host:value'],
    ['kind:agnet', 5, 'kind is one of human, service, agent, unknown'],
    ['is:agnet', 3, 'is: takes agent, human, service, failed, retry, write, hop, undocumented, offhours, starred, marked, inferred'],
    ['agent:(a b)', 9, 'values in parentheses are joined by "or"'],
    ['agent:(a or', 11, 'agent needs a value'],
    ['host:"a"b', 8, 'a blank is missing after the closing quote'],
    ['path:/a(b|c/', 6, 'this regular expression cannot be read: missing closing ); put it in quotes to search for the text'],
    [
      'x path:/ab**|c/',
      10,
      'this regular expression cannot be read: invalid nested repetition operator; put it in quotes to search for the text',
    ],
    [
      '/(?=a)b/',
      1,
      'this regular expression cannot be read: RE2 has no look-ahead and no look-behind; put it in quotes to search for the text',
    ],
    ['header:x', 0, 'header needs the name of a header, as in header.x-request-id:abc'],
    ['req.body..id:x', 0, 'a name is missing at a dot of req.body..id'],
    ['req.body.n > 4', 13, 'req.body.n is text, so it has no order; write req.body.n:value'],
    ['time > now', 7, 'now is another time each day; write a time, or count from case.start or case.end'],
    ['time:now-5m', 5, 'now is another time each day; write a time, or count from case.start or case.end'],
    ['time > case.start + x', 18, 'case.start + needs a duration, such as 5m, 2h or 1d'],
    ['time:case.start', 5, 'write time >= case.start + 5m or time < case.end - 1h'],
    ['time > case.middle', 7, 'write time >= case.start + 5m or time < case.end - 1h'],
    ['""', 0, 'there is no text between the quotes'],
  ])('%s', (text, at, message) => {
    const parsed = parseQuery(text);
    expect(parsed.ok ? { at: 0, message: '' } : { at: parsed.error.at, message: parsed.error.message }).toEqual({ at, message });
  });

  test('a mistyped field offers the nearest ones', () => {
    expect(problem('statsu:404').expected).toEqual(['status']);
    expect(problem('princ:x').expected).toEqual(['principal']);
  });

  test('too long, too deep and too many are said, not run', () => {
    expect(problem('a'.repeat(8193)).message).toContain('8192 characters');
    expect(problem(`${'('.repeat(65)}a${')'.repeat(65)}`).message).toContain('64 deep');
    expect(problem(`${'not '.repeat(65)}a`).message).toContain('64 deep');
    expect(problem('a '.repeat(513)).message).toContain('512 conditions');
    expect(parseQuery(`${'('.repeat(64)}a${')'.repeat(64)}`).ok).toBe(true);
    expect(parseQuery('a '.repeat(512)).ok).toBe(true);
    expect(problem(`host:(${Array(513).fill('a').join(' or ')})`).message).toContain('512 conditions');
    expect(parseQuery(`host:(${Array(512).fill('a').join(' or ')})`).ok).toBe(true);
  });
});

test('a million random and damaged texts give a query or a place inside the text, never an exception', () => {
  const noise = queryNoise(seeded(20260302));
  let understood = 0;
  for (let run = 0; run < 1_000_000; run += 1) {
    const text = noise();
    const parsed = parseQuery(text);
    if (parsed.ok) {
      understood += 1;
      continue;
    }
    const { at, length, message } = parsed.error;
    if (at < 0 || at > text.length || length < 1 || message === '') expect({ text, at, length, message }).toBe('a place inside the text');
  }
  // Neither all sense nor all nonsense, else the texts try nothing.
  expect(understood).toBeGreaterThan(200_000);
  expect(understood).toBeLessThan(800_000);
}, 300_000); // ms; seconds of CPU, minutes on two cores that six people share

test('the time to read a query grows with its length, not with its square', () => {
  const clause = (index: number): string => ['a(b', '-x', 'path:/[', '(host:(a or "b"))', 'time>case.start'][index % 5] ?? 'a';
  const textOf = (clauses: number): string => Array.from({ length: clauses }, (_, index) => clause(index)).join(' ');
  const best = (text: string): number =>
    Math.min(
      ...Array.from({ length: 60 }, () => {
        const began = performance.now();
        expect(parseQuery(text).ok).toBe(true);
        return performance.now() - began;
      }),
    );
  const [half, whole] = [textOf(150), textOf(300)];
  best(whole); // compiled before it is timed
  expect(best(whole) / best(half)).toBeLessThan(4);
});
