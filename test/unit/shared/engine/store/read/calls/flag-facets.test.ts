import { describe, expect, test } from 'vitest';
import { countFlags } from '#shared/engine/store/read/calls/flag-facets.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const { db } = caseFromText(`
  00:01.0  agent:bot  GET   api.acme.test/a  200
  00:02.0  agent:bot  GET   api.acme.test/a  404
  00:03.0  agent:bot  POST  api.acme.test/b  200
  00:04.0  human:ann  GET   pay.acme.test/a  200`);

describe.each([
  ['in memory', undefined],
  ['too large for memory', 0],
])('a case %s', (_name, most) => {
  const search = searchOver(db, most);
  const count = (text: string, contains?: string) =>
    countFlags(search, askedText(text), { toQuery: askedText, ...(contains === undefined ? {} : { contains }) }, noBreath);
  const counted = async (text: string): Promise<Readonly<Record<string, readonly number[]>>> =>
    Object.fromEntries((await count(text)).values.map(({ value, calls, all }) => [value, [calls, all]]));

  test('flags are counted among the calls that fit, beside their count in the case', async () => {
    expect(await counted('host:api.acme.test')).toMatchObject({
      'is:agent': [3, 3],
      'is:failed': [1, 1],
      'is:human': [0, 1],
      'is:write': [1, 1],
    });
  });

  test('a flag that no call has is left out, and a list can be narrowed by name', async () => {
    expect(Object.keys(await counted('*'))).not.toContain('is:starred');
    expect((await count('*', 'WRI')).values).toEqual([{ value: 'is:write', calls: 1, all: 1 }]);
  });

  test('a query for one of the flags counts its own calls', async () => {
    expect(await counted('is:agent')).toMatchObject({ 'is:agent': [3, 3], 'is:human': [0, 1], 'is:failed': [1, 1] });
  });
});
