import { expect, test } from 'vitest';
import { applyCompletion, completeAt, valueInsert } from '#shared/query/complete.ts';

/** `|` is the caret. */
function at(text: string): string {
  const caret = text.indexOf('|');
  const whole = text.replace('|', '');
  const found = completeAt(whole, caret);
  if (found.kind === 'none') return 'none';
  const stretch = whole.slice(found.from, found.to);
  return found.kind === 'values'
    ? `${found.field} values from "${found.prefix}" for [${stretch}]`
    : `${found.options
        .slice(0, 2)
        .map((option) => option.label)
        .join(' ')} for [${stretch}]`;
}

test.each([
  ['|', 'agent user for []'],
  ['sta|', 'status is:starred for [sta]'],
  ['a and -hos|', 'host for [hos]'],
  ['op|', 'endpoint scope for [op]'],
  ['host:|', 'host values from "" for []'],
  ['host:api.|acme', 'host values from "api." for [api.acme]'],
  ['(host:a|)', 'host values from "a" for [a]'],
  ['host:(a or b|', 'host values from "b" for [b]'],
  ['agent:"bill b|"', 'agent values from "bill b" for ["bill b"]'],
  ['kind:|', 'kind values from "" for []'],
  ['is:f|', 'is:failed for [is:f]'],
  ['time >= 2026|', 'none'],
  ['time >= |', 'case.start case.end for []'],
  ['time < case.e|', 'case.end for [case.e]'],
  ['a -is:f|', 'is:failed for [is:f]'],
  ['-|', 'is:agent is:human for []'],
  ['-has:se|', 'has:secret for [has:se]'],
  ['head|', 'header. req.header. for [head]'],
  ['req.b|', 'reqBytes req.body for [req.b]'],
  ['res.header.x-req|', ' for [res.header.x-req]'],
  ['header.x-id:ab|', 'header values from "ab" for [ab]'],
  ['-req.body.user.id:|', 'req.body values from "" for []'],
  ['"some words |', 'none'],
  ['status >= 4|', 'none'],
  ['tag:ex|', 'tag values from "ex" for [ex]'],
  ['has:no|', 'has:note for [has:no]'],
])('%s offers %s', (text, offered) => {
  expect(at(text)).toBe(offered);
});

test('a chosen value is quoted where it must be', () => {
  expect(applyCompletion('agent:bi', 6, 8, valueInsert('bill bot'))).toEqual({ text: 'agent:"bill bot" ', caret: 17 });
});
