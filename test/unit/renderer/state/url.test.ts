import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { changePlace, followed, parsePlace, placeOfLink, printPlace, START, type Place } from '#renderer/state/url.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1 });
const places: fc.Arbitrary<Place> = fc.record(
  {
    view: fc.stringMatching(/^[a-z]+$/),
    query: fc.string({ unit: 'grapheme' }),
    call: text,
    with: text,
    edge: text,
    off: text,
    sort: text,
    chain: text,
    like: text,
    finding: text,
    source: text,
    endpoint: text,
    principal: text,
    credential: text,
    filter: text,
    tab: text,
  },
  { requiredKeys: ['view', 'query'] },
);

test('a link gives back the place that it was printed from', () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(parsePlace(printPlace(place))).toEqual(place);
    }),
  );
});

test('equal places print equal links, whatever the order of their keys', () => {
  expect(printPlace({ query: 'status >= 400', chain: 'a.har#1', view: 'chains' })).toBe('#/chains?q=status%20%3E%3D%20400&chain=a.har%231');
});

test.each(['', '#', '#token=abc', '#/', 'nonsense', '#/../calls'])('%j is the start', (hash) => {
  expect(parsePlace(hash)).toEqual(START);
});

test('unknown keys and damaged escapes are dropped, the rest of the link still works', () => {
  expect(parsePlace('#/calls?q=%E0%A4%A&theme=dark&call=a.har%233')).toEqual({ view: 'calls', query: '', call: 'a.har#3' });
});

test.each([
  ['#/calls?call=a.har%233', 'the fragment alone'],
  ['http://127.0.0.1:43011/#/calls?call=a.har%233', 'of a server that is gone'],
  [' spoor://app/index.html#/calls?call=a.har%233 ', 'of the desktop'],
])('%j goes to its place: %s', (link) => {
  expect(placeOfLink(link)).toEqual({ view: 'calls', query: '', call: 'a.har#3' });
});

test.each(['https://shop.test/#/checkout', 'path:/a#/b', 'http://127.0.0.1.evil.test/#/calls', '#/calls and more', 'status >= 400', ''])(
  '%j is no link of ours',
  (text) => {
    expect(placeOfLink(text)).toBeUndefined();
  },
);

test('another call is selected without the link to the one before', () => {
  const proof = { ...START, chain: 'c', call: 'a#2', edge: 'a#1' };
  expect(changePlace(proof, { call: 'a#3' })).toEqual({ ...proof, call: 'a#3', edge: undefined });
  expect(changePlace(proof, { call: 'a#3', edge: 'a#2' })).toEqual({ ...proof, call: 'a#3', edge: 'a#2' });
  expect(changePlace(proof, { query: 'x' })).toEqual({ ...proof, query: 'x' });
});

test('a link shows the rows that it counted: pins go off, in sight, but those that it asks for stay', () => {
  const place: Place = { ...START, query: 'a:1', pin: 'status:500\nhost:b.test', off: 'method:GET' };
  expect(followed(place, { view: 'calls', query: 'principal:x' })).toEqual({
    view: 'calls',
    query: 'principal:x',
    pin: undefined,
    off: 'method:GET\nstatus:500\nhost:b.test',
  });
  expect(followed(place, { view: 'calls', query: 'host:b.test and principal:x' })).toMatchObject({
    query: 'principal:x',
    pin: 'host:b.test',
    off: 'method:GET\nstatus:500',
  });
});

test('what names no query, or says itself what is pinned, leaves the pins alone', () => {
  const place: Place = { ...START, pin: 'status:500' };
  for (const to of [{ view: 'chains' }, { query: 'x', pin: 'a:1' }]) expect(followed(place, to)).toBe(to);
});
