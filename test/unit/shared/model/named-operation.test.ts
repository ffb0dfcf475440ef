import { expect, test } from 'vitest';
import { changesThings } from '#shared/model/endpoint-words.ts';
import { pathOfOperation, templateOfOperation } from '#shared/model/named-operation.ts';

test('a key with slashes stays one object, and half a character harms nothing', () => {
  const path = pathOfOperation('DeleteObject', ['invoices', '2026/11/a.pdf']);
  expect([path, templateOfOperation(path)]).toEqual(['/DeleteObject/invoices/2026%2F11%2Fa.pdf', '/DeleteObject/invoices/{key}']);
  expect(templateOfOperation(pathOfOperation('StopLogging', ['\uD800']))).toBe('/StopLogging/{resource}');
  expect(templateOfOperation(pathOfOperation('ListBuckets', []))).toBe('/ListBuckets');
});

test('the first word of an operation tells whether it changes something', () => {
  expect(changesThings('CALL s3.amazonaws.com/DeleteObject/invoices/{key}')).toBe(true);
  expect(
    ['GetObject/invoices/{key}', 'AssumeRole/{resource}', 'ConsoleLogin'].map((name) => changesThings(`CALL aws.test/${name}`)),
  ).toEqual([false, false, false]);
});
