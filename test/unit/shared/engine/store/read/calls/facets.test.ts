import { describe, expect, test } from 'vitest';
import { facetFields } from '#shared/engine/store/read/calls/facet-fields.ts';
import { countCalls } from '#shared/engine/store/read/calls/calls.ts';
import { countField } from '#shared/engine/store/read/calls/count-field.ts';
import { countFacets, fieldValues } from '#shared/engine/store/read/calls/facets.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { randomQueryCase } from '#test/support/query-case.ts';

const { db } = caseFromText(`
  00:01.0  agent:bot  GET   api.acme.test/a  200
  00:02.0  agent:bot  GET   api.acme.test/a  404
  00:03.0  agent:bot  POST  api.acme.test/b  200
  00:04.0  human:ann  GET   pay.acme.test/a  200
  00:05.0  -          PUT   pay.acme.test/a  500`);

describe.each([
  ['in memory', undefined],
  ['too large for memory', 0],
])('a case %s', (_name, most) => {
  const search = searchOver(db, most);
  const facet = async (text: string, field: string, top = 10, contains?: string) => {
    const within = contains === undefined ? undefined : { field, contains };
    return (await countFacets(search, askedText(text), { fields: [field], top, within }, noBreath))[0];
  };

  test('values are counted among the calls that fit, beside their count in the case', async () => {
    expect(await facet('host:api.acme.test', 'status')).toEqual({
      field: 'status',
      distinct: 2,
      without: 0,
      values: [
        { value: '200', calls: 2, all: 3 },
        { value: '404', calls: 1, all: 1 },
        { value: '500', calls: 0, all: 1 },
      ],
    });
  });

  test('the top values of the case stay in the list beside those of the calls that fit', async () => {
    const found = await facet('method:PUT', 'method', 1);
    expect(found?.values).toEqual([
      { value: 'PUT', calls: 1, all: 1 },
      { value: 'GET', calls: 0, all: 3 },
    ]);
    expect(found?.distinct).toBe(1);
  });

  test('calls without a value are counted apart', async () => {
    expect(await facet('*', 'principal')).toMatchObject({ distinct: 2, without: 1 });
    expect(await facet('*', 'agent')).toMatchObject({ distinct: 1, without: 2, values: [{ value: 'bot', calls: 3, all: 3 }] });
  });

  test('calls without a value are those that the query for them finds', async () => {
    for (const field of ['principal', 'agent', 'host', 'status', 'userAgent', 'credential', 'tool', 'port']) {
      const count = await countField(search, field, askedText(`-${field}:*`), noBreath);
      const asked = [...count.byKey.values()].reduce((sum, calls) => sum + calls, count.without);
      expect([field, asked]).toEqual([field, (await facet('*', field))?.without]);
    }
  });

  test('a list can be narrowed to values that contain a text, capitals or not', async () => {
    expect((await facet('*', 'host', 10, 'PAY'))?.values).toEqual([{ value: 'pay.acme.test', calls: 2, all: 2 }]);
    expect((await facet('*', 'path', 10, 'b'))?.values).toEqual([{ value: '/b', calls: 1, all: 1 }]);
  });

  test('values that begin with a text are offered by count, then by text', async () => {
    const values = (field: string, startsWith: string) => fieldValues(search, askedText('*'), { field, startsWith, count: 2 }, noBreath);
    expect(await values('method', '')).toEqual([
      { value: 'GET', calls: 3 },
      { value: 'POST', calls: 1 },
    ]);
    expect(await values('host', 'Api')).toEqual([{ value: 'api.acme.test', calls: 3 }]);
  });

  test('a field that cannot be counted is refused by name', async () => {
    await expect(facet('*', 'constructor')).rejects.toMatchObject({ code: 'bad-params' });
  });
});

test('a call of a token with several scopes counts for each of them, calls whose credential grants none apart', async () => {
  const { db: random } = randomQueryCase(5, 500);
  for (const most of [undefined, 0]) {
    const search = searchOver(random, most);
    const [scopes] = await countFacets(search, askedText('*'), { fields: ['scope'], top: 50 }, noBreath);
    const all = (await search.find(askedText('*'), noBreath))?.total ?? countCalls(random, askedText('*').filter);
    for (const { value, calls } of scopes?.values ?? [])
      expect([value, calls]).toEqual([value, countCalls(random, askedText(`scope:${value}`).filter)]);
    expect(scopes?.without).toBe(countCalls(random, askedText('-scope:*').filter));
    expect(scopes?.values.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(all - (scopes?.without ?? 0));
  }
});

test('memory and SQLite count every field alike', async () => {
  const random = randomQueryCase(5, 500).db;
  const fields = Object.keys(facetFields);
  for (const text of ['*', 'is:failed', 'api', 'status:404 or has:chain']) {
    const ask = (most?: number) => countFacets(searchOver(random, most), askedText(text), { fields, top: 50 }, noBreath);
    expect(await ask(), text).toEqual(await ask(0));
  }
});

test.each([undefined, 0])(
  'the count of a format is what the query for it finds, whichever record of a call is of it (%s)',
  async (most) => {
    const { db: random } = randomQueryCase(5, 500);
    for (const text of ['*', 'is:failed']) {
      const [facet] = await countFacets(searchOver(random, most), askedText(text), { fields: ['format'], top: 50 }, noBreath);
      const found = facet?.values.map(({ value }) => countCalls(random, askedText(`(${text}) and format:${value}`).filter));
      expect(facet?.values.map(({ calls }) => calls)).toEqual(found);
      expect(found?.reduce((sum, calls) => sum + calls, 0)).toBeGreaterThan(countCalls(random, askedText(text).filter));
    }
  },
);
