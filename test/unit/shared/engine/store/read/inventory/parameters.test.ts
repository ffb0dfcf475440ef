import { expect, test } from 'vitest';
import { pathValues, queryValues, readParameters } from '#shared/engine/store/read/inventory/parameters.ts';
import { memoryCase } from '#test/support/case.ts';
import { callOf, seedCalls } from '#test/support/seed-calls.ts';

test('places of a template take the values of the path, also beside fixed letters', () => {
  expect(pathValues('/users/{userId}/files/{name}.json', '/users/7/files/a%20b.json')).toEqual([
    ['userId', '7'],
    ['name', 'a b'],
  ]);
  expect(pathValues('/users/{id}', '/users')).toEqual([]);
});

test('a query string is cut into its parameters; damaged escapes stay as they were sent', () => {
  expect(queryValues('a=1&b=x+y&a=%E0%A4%A&flag')).toEqual([
    ['a', '1'],
    ['b', 'x y'],
    ['a', '%E0%A4%A'],
    ['flag', ''],
  ]);
});

test('parameters are counted by call, those of the path first, with their most frequent values', () => {
  const db = memoryCase();
  seedCalls(db, [
    callOf('00:01 GET api.test/o/1?page=2&page=3'),
    callOf('00:02 GET api.test/o/1'),
    callOf('00:03 GET api.test/o/2?page=2'),
  ]);
  expect(readParameters(db, [1, 2, 3], '/o/{id}')).toEqual({
    parameters: [
      {
        place: 'path',
        name: 'id',
        calls: 3,
        distinct: 2,
        values: [
          { value: '1', calls: 2 },
          { value: '2', calls: 1 },
        ],
      },
      {
        place: 'query',
        name: 'page',
        calls: 2,
        distinct: 2,
        values: [
          { value: '2', calls: 2 },
          { value: '3', calls: 1 },
        ],
      },
    ],
    parametersOf: 3,
  });
});
