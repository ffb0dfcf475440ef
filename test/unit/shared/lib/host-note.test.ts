import { expect, test } from 'vitest';
import { hostNotes } from '#shared/lib/host-note.ts';
import { toVisibleHost, toVisibleLabel, toVisibleText } from '#shared/lib/visible-text.ts';

test.each([
  ['аpple.com', 'аpple.com [xn--pple-43d.com, mixed scripts: Latin and Cyrillic]'],
  ['xn--pple-43d.com', 'xn--pple-43d.com [аpple.com, mixed scripts: Latin and Cyrillic]'],
  ['XN--PPLE-43D.com', 'XN--PPLE-43D.com [аpple.com, mixed scripts: Latin and Cyrillic]'],
  ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com [аррӏе.com, letters that look Latin and are not]'],
  ['GET аpple.com/v1/keys', 'GET аpple.com [xn--pple-43d.com, mixed scripts: Latin and Cyrillic]/v1/keys'],
  ['https://аpple.com/x', 'https://аpple.com [xn--pple-43d.com, mixed scripts: Latin and Cyrillic]/x'],
  ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de [münchen.de]'],
  ['münchen.de', 'münchen.de'],
  ['api.acme.test', 'api.acme.test'],
  ['/docs/отчёт.pdf', '/docs/отчёт.pdf'],
  ['отчёт.pdf', 'отчёт.pdf'],
  ['xn--99999999999.com', 'xn--99999999999.com'],
  ['日本api.example', '日本api.example'],
  ['Ωmega', 'Ωmega'],
])('in any text %s is %s', (text, shown) => {
  expect(toVisibleText(text)).toBe(shown);
});

test.each([
  ['münchen.de', 'münchen.de [xn--mnchen-3ya.de]'],
  ['пример.рф', 'пример.рф [xn--e1afmkfd.xn--p1ai]'],
  ['日本api.example', '日本api.example [xn--api-s08fl0d.example]'],
  ['раypal', 'раypal [xn--ypal-43d9g, mixed scripts: Latin and Cyrillic]'],
  ['api.acme.test', 'api.acme.test'],
  ['', ''],
])('as a host %s is %s', (host, shown) => {
  expect(toVisibleHost(host)).toBe(shown);
});

test('what a name decodes to is made visible as well', () => {
  // U+202E between two letters.
  expect(toVisibleText('xn--ab-iuz.com')).not.toMatch(/\u202E/u);
});

test('each host of a text has its note, and a host of no length that could be one has none', () => {
  expect(hostNotes('аpple.com, xn--pple-43d.com', false).map(({ at }) => at)).toEqual([9, 27]);
  expect(hostNotes(`${'а'.repeat(300)}p.com`, true)).toEqual([]);
});

test('where there is no room the name stands as it is on the wire', () => {
  expect(toVisibleLabel('GET аpple.com/v1')).toBe('GET xn--pple-43d.com/v1');
  expect(toVisibleLabel('münchen.de \u202Ex')).toBe('münchen.de \\u{202E}x');
});

test('what was made visible once stays as it is, and a name beside a note has its own', () => {
  const once = toVisibleText('GET аpple.com/v1, xn--80ak6aa92e.com');
  expect(toVisibleText(once)).toBe(once);
  const cut = 'аpple.com [xn--pple-43d.com, mixed scr…  /v1/keys';
  expect(toVisibleText(cut)).toBe(cut);
  expect(toVisibleText('аpple.com [api.test]')).toBe('аpple.com [xn--pple-43d.com, mixed scripts: Latin and Cyrillic] [api.test]');
});
