import { expect, test } from 'vitest';
import { toSentences } from '#renderer/views/overview/sentences.ts';
import type { Overview } from '#shared/contract/rows.ts';
import { overview } from '#test/support/fake-case.ts';

const read = (given: Overview): string =>
  toSentences(given)
    .map((sentence) => sentence.map((part) => part.text).join(''))
    .join('\n')
    .replaceAll('\u2009', ' ');

test('the overview says who did what, when, and what is left to decide', () => {
  expect(read(overview)).toBe(
    [
      'Between 2026-09-30 09:14 and 2026-10-03 22:41 UTC, 3 agents, 31 people and 6 services made 18 442 calls to 7 hosts through 48 endpoints.',
      'Agents made 2 518 of the calls.',
      '9 endpoints are in no API description, though 2 descriptions were given.',
      '6 findings so far, most urgent first. 2 questions could not be answered with this evidence.',
    ].join('\n'),
  );
});

test('every number that has a screen of its own is a link to it', () => {
  const links = toSentences(overview)
    .flat()
    .flatMap(({ text, to }) =>
      to === undefined ? [] : [`${text.replaceAll('\u2009', ' ')} → ${to.view ?? ''} ${to.query ?? to.filter ?? ''}`],
    );
  expect(links).toEqual([
    '3 agents → identities kind:agent',
    '31 people → identities kind:human',
    '6 services → identities kind:service',
    '18 442 calls → calls ',
    '7 hosts → inventory ',
    '48 endpoints → inventory ',
    '2 518 of the calls → calls is:agent',
    '9 endpoints → inventory spec:shadow',
    '2 descriptions → inventory ',
    '6 findings → findings ',
    '2 questions → findings ',
  ]);
});

test('without an API description nothing is said to be undocumented', () => {
  expect(read({ ...overview, specs: 0, shadowEndpoints: 0 })).toContain('No API description is among the evidence');
});

test('nothing found is said with what was looked at and what could not be', () => {
  const findingsBySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  expect(read({ ...overview, findingsBySeverity })).toContain(
    'Nothing was found in 18 442 calls. 2 questions could not be answered with this evidence.',
  );
});

test('a case that was not analysed says so instead of "nothing found"', () => {
  expect(read({ ...overview, info: { ...overview.info, analyzed: false } })).toContain('not been analysed yet');
});

test('one of each is singular', () => {
  const one: Overview = {
    ...overview,
    info: { ...overview.info, calls: 1 },
    hosts: 1,
    endpoints: 1,
    shadowEndpoints: 1,
    specs: 1,
    principalsByKind: { human: 1, service: 0, agent: 0, unknown: 0 },
    callsByKind: { human: 1, service: 0, agent: 0, unknown: 0 },
    findingsBySeverity: { critical: 1, high: 0, medium: 0, low: 0, info: 0 },
    notEvaluable: [],
  };
  expect(read(one)).toContain('1 person made 1 call to 1 host through 1 endpoint.');
  expect(read(one)).toContain('1 endpoint is in no API description, though 1 description was given.');
  expect(read(one)).toContain('1 finding so far');
});

test('a network and a browser are a visitor, not a person', () => {
  const given = { ...overview, principalsByKind: { human: 1295, service: 0, agent: 0, unknown: 0 }, visitors: 1294 };
  expect(read(given)).toContain('1 person and 1 294 visitors told apart by network and browser only made');
});

test('what agents made themselves is told from inner hops of it', () => {
  const given = { ...overview, callsByKind: { human: 0, service: 0, agent: 2065, unknown: 0 }, agentHops: 899 };
  expect(read(given)).toContain('Agents made 1 166 of the calls themselves; 899 more are inner hops of these.');
});

test('descriptions of other hosts say nothing about the endpoints that were called', () => {
  expect(read({ ...overview, specs: 2, shadowEndpoints: 0, describedEndpoints: 0 })).toContain(
    'No called endpoint is on a host that the 2 API descriptions are of',
  );
});

test('an agent that is a principal for each of its users is one agent', () => {
  const given = { ...overview, principalsByKind: { human: 0, service: 0, agent: 56, unknown: 0 }, agents: { programs: 2, users: 55 } };
  expect(read(given)).toContain('2 agents for 55 users made');
});
