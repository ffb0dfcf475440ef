import { expect, test } from 'vitest';
import { parseNote } from '#renderer/review/note-blocks.ts';

const draw = (text: string): readonly string[] =>
  parseNote(text).map((block) =>
    block.kind === 'code'
      ? `code ${block.text}`
      : `${block.kind} ${block.lines.map((line) => line.map((span) => (span.kind === 'call' ? `<${span.ref}>` : span.kind === 'code' ? `[${span.text}]` : span.text)).join('')).join(' | ')}`,
  );

test('paragraphs, lists and code are told apart', () => {
  expect(draw('Seen at night.\nTwice.\n\n- first\n- second `x=1`\nafter\n```\n- raw\n```')).toEqual([
    'paragraph Seen at night. | Twice.',
    'list first | second [x=1]',
    'paragraph after',
    'code - raw',
  ]);
});

test('references of calls become links, other signs stay text', () => {
  expect(draw('See bundle.zip!kong/gateway.jsonl#196 and (a.har#3), not issue #12 or C#sharp')).toEqual([
    'paragraph See <bundle.zip!kong/gateway.jsonl#196> and (<a.har#3>), not issue #12 or C#sharp',
  ]);
});

test.each(['<img src=x onerror=alert(1)>', '[click](javascript:alert(1))', '![x](http://evil.test/x.png)', '# heading', '&lt;b&gt;'])(
  '%s is text',
  (text) => {
    expect(parseNote(text)).toEqual([{ kind: 'paragraph', lines: [[{ kind: 'text', text }]] }]);
  },
);

test('a fence that is not closed holds the rest', () => {
  expect(draw('```\na\nb')).toEqual(['code a\nb']);
});
