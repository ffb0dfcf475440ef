import { expect, test } from 'vitest';
import { readSigmaRules } from '#shared/sigma/read-rules.ts';
import type { SigmaRule } from '#shared/sigma/rule.ts';

const HEAD = 'title: T\nlogsource: { category: webserver }\n';
const rules = (yaml: string): readonly SigmaRule[] => {
  const read = readSigmaRules(yaml);
  if (typeof read === 'string') throw new Error(read);
  return read;
};
const only = (detection: string): SigmaRule | undefined => rules(`${HEAD}detection:\n${detection}`)[0];
const reasonOf = (rule: SigmaRule | undefined): string => (rule?.kind === 'unusable' ? rule.reason : `it runs: ${rule?.kind ?? ''}`);

test('a rule says what it is, with its tags as the frameworks spell them', () => {
  const [rule] = rules(`${HEAD}id: x\nlevel: critical\ntags: [attack.t1190, attack.t1059.001, attack.initial-access, cwe.89]
detection: { selection: { sc-status: 500 }, condition: selection }`);
  expect(rule).toMatchObject({ kind: 'single', id: 'x', level: 'critical', maps: { attack: ['T1190', 'T1059.001'], cwe: ['CWE-89'] } });
});

test.each([
  ['  s: { nonsense: 1 }\n  condition: s', 'calls have no such field'],
  ['  s: { cs-version: 1 }\n  condition: s', 'the HTTP version is not kept'],
  ['  s: { "c-uri|gone": 1 }\n  condition: s', 'the modifier gone is not supported'],
  ['  s: { "c-uri|re": "(?=x)" }\n  condition: s', 'look-ahead'],
  ['  s: { "c-uri|re": "((a{9}){9}){9}{9}" }\n  condition: s', 'cannot run'],
  ['  s: { "cs-host|gte": 3 }\n  condition: s', 'compared with a number'],
  ['  s: { "c-ip|cidr": nowhere }\n  condition: s', 'is no network'],
  ['  s: { "c-uri|expand": "%vips%" }\n  condition: s', 'placeholder %vips%'],
  ['  s: { "c-uri|base64": "a*b" }\n  condition: s', 'cannot encode a wildcard'],
  ['  s: { "c-uri|wide": "abc" }\n  condition: s', 'inside of Base64 only'],
  ['  s: { sc-status: 1 }\n  condition: s | count() by c-ip > 5', 'replaced by correlation rules'],
  ['  s: { sc-status: 1 }\n  condition: s near t', 'not understood at "near"'],
  ['  s: { sc-status: 1 }\n  condition: (s', 'not closed'],
  ['  s: { sc-status: 1 }\n  condition: 2 of s*', '1, any and all'],
  ['  s: { sc-status: 1 }\n  condition: gone', 'does not define'],
  ['  s: { sc-status: 1 }', 'no condition'],
])('a rule that cannot run says why: %s', (detection, reason) => {
  expect(reasonOf(only(detection))).toContain(reason);
});

test('a rule for other logs says so', () => {
  const read = rules('title: T\nlogsource: { product: windows, category: process_creation }\ndetection: { s: { Image: x }, condition: s }');
  expect(reasonOf(read[0])).toContain('cases hold requests of webservers, proxies and APIs, and calls in CloudTrail');
});

test.each(['minute', 'hour', 'day', 'week', 'month', 'year'])('%s is asked of times', (part) => {
  expect(only(`  s: { "time|${part}": 3 }\n  condition: s`)?.kind).toBe('single');
  expect(reasonOf(only(`  s: { "cs-host|${part}": 3 }\n  condition: s`))).toContain('no time');
});

test('1 of, all of, any of and them choose among the searches by name', () => {
  const searches = '  sel_a: { sc-status: 1 }\n  sel_b: { sc-status: 2 }\n  _off: { sc-status: 3 }\n';
  const nodeOf = (condition: string): unknown => {
    const rule = only(`${searches}  condition: ${condition}`);
    return rule?.kind === 'single' ? rule.node : rule;
  };
  expect(nodeOf('1 of sel_*')).toMatchObject({ kind: 'or', items: [{}, {}] });
  expect(nodeOf('all of them')).toMatchObject({ kind: 'and', items: [{}, {}] });
  expect(nodeOf('any of sel_* and not _off')).toMatchObject({ kind: 'and', items: [{ kind: 'or' }, { kind: 'not' }] });
});

test('aliases, brackets and tags that would cost more than a rule is worth are refused', () => {
  expect(readSigmaRules('['.repeat(30_000))).toContain('deep');
  expect(readSigmaRules('a: !!js/function "x"')).toContain('not plain data');
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`;
  expect(readSigmaRules(bomb)).toContain('alias');
  expect(readSigmaRules('just text')).toContain('no document of it is a Sigma rule');
});

test('a rule of very many or very long values is refused', () => {
  const many = Array.from({ length: 6_000 }, (_, index) => `v${String(index)}`).join(', ');
  expect(reasonOf(only(`  s: { cs-host: [${many}] }\n  condition: s`))).toContain('more than 5000 values');
  expect(reasonOf(only(`  s: { cs-host: ${'x'.repeat(5_000)} }\n  condition: s`))).toContain('more than 4096 characters');
});
