import { expect, test } from 'vitest';
import { cutMiddle, groupByLog, nameOfLog } from '#shared/model/log-names.ts';
import type { SourceJson } from '#shared/contract/report-json.ts';

const source = (name: string, more: Partial<SourceJson> = {}): SourceJson =>
  ({ name, format: 'azure-apim', records: 10, accepted: 9, rejected: 1, skipped: 0, ...more }) as SourceJson;
const hour = (day: number, at: number): string =>
  `case.zip!gatewaylogs/resourceId=/SUBSCRIPTIONS/A/y=2026/d=${String(day)}/h=${String(at)}/PT1H.json`;

test('a few files, other folders and formats, doubles and what nothing claims stand line by line', () => {
  const few = ['a/1.log', 'a/2.log', 'a/3.log'].map((name) => source(name));
  const unclaimed = ['l/1.csv', 'l/2.csv', 'l/3.csv', 'l/4.csv'].map((name) =>
    source(name, { format: undefined } as unknown as Partial<SourceJson>),
  );
  const twice = ['t/1', 't/2', 't/3', 't/4'].map((name) => source(name, { duplicateOf: 'x' }));
  expect(groupByLog([...few, ...unclaimed, ...twice]).map((files) => files.length)).toEqual(Array(11).fill(1));
});

test('files whose names share nothing are named by their folder', () => {
  expect(nameOfLog(['edge/x1.a', 'edge/y2.b', 'edge/z'].map((name) => source(name)))).toBe('edge/… (3 files)');
});

test('of a long path both ends are kept', () => {
  const cut = cutMiddle(hour(28, 18), 60);
  expect(cut).toHaveLength(60);
  expect(cut).toMatch(/^case\.zip!.*….*h=18\/PT1H\.json$/);
  expect(cutMiddle('short', 60)).toBe('short');
});
