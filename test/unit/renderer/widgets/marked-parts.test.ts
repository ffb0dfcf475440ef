import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { splitAtMarks } from '#renderer/widgets/marked-parts.ts';

test('a text is cut where a mark begins and ends', () => {
  expect(splitAtMarks('id: 7003,', [{ start: 4, length: 4 }])).toEqual([
    { text: 'id: ', marked: false },
    { text: '7003', marked: true },
    { text: ',', marked: false },
  ]);
});

test('whatever the marks are, every character comes out exactly once', () => {
  const marks = fc.array(fc.record({ start: fc.integer({ min: -5, max: 40 }), length: fc.integer({ min: -3, max: 40 }) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30 }),
      marks,
      (text, list) =>
        splitAtMarks(text, list)
          .map((part) => part.text)
          .join('') === text,
    ),
  );
});
