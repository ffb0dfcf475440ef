import { expect, test } from 'vitest';

import { withoutMarks } from '#test/bench/truth-payloads/lists.ts';

test('marks of the tools are filled in, other brackets stay', () => {
  expect(withoutMarks('sleep([TIME])#[LF]1')).toBe('sleep(5)#\n1');
  expect(withoutMarks('AND [RANDNUM1]=[RANDNUM2]')).toBe('AND 4817=4817');
  expect(withoutMarks('<![CDATA[x]]>')).toBe('<![CDATA[x]]>');
});
