import { expect, test } from 'vitest';
import { parsePrefs, printPrefs } from '#renderer/state/prefs.ts';

test('preferences survive storing', () => {
  const prefs = { ...parsePrefs(undefined), theme: 'dark', density: 'roomy', zone: 'Asia/Kolkata', panes: { findings: 380 } } as const;
  expect(parsePrefs(printPrefs(prefs))).toEqual(prefs);
});

test.each([undefined, '', '{', 'null', '[]', '{"version":99,"theme":"dark"}'])('%j falls back to the defaults', (stored) => {
  expect(parsePrefs(stored)).toEqual(parsePrefs(undefined));
});

test('one damaged value does not cost the others', () => {
  const prefs = parsePrefs(
    '{"version":1,"theme":"purple","density":"normal","zone":"Mars/Olympus","panes":{"evidence":300,"calls":"wide"}}',
  );
  expect(prefs.theme).toBe('system');
  expect(prefs.zone).toBe('');
  expect(prefs.density).toBe('normal');
  expect(prefs.panes).toEqual({ evidence: 300 });
});

test('own keys and the switch for letter keys survive storing, and damaged ones fall away', () => {
  const stored = '{"version":1,"letterKeys":false,"keys":{"mark":"f2","note":7},"commands":["mark",3]}';
  expect(parsePrefs(stored)).toMatchObject({ letterKeys: false, keys: { mark: 'f2' }, commands: ['mark'] });
});
