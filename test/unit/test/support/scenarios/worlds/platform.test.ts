import { describe, expect, test } from 'vitest';

import { toolClient } from '#test/support/scenarios/actors/agents.ts';
import { DAY_MS, DEFAULT_START, hoursOf, zoneOffset } from '#test/support/scenarios/core/calendar.ts';
import type { Exchange } from '#test/support/scenarios/core/exchange.ts';
import type { Party } from '#test/support/scenarios/core/party.ts';
import { makeStage, type Stage } from '#test/support/scenarios/core/stage.ts';
import { platform } from '#test/support/scenarios/worlds/platform/index.ts';
import { HOSTS } from '#test/support/scenarios/worlds/platform/catalogue.ts';
import { partiesOf } from '#test/support/scenarios/worlds/platform/parties.ts';

const SPAN = { start: DEFAULT_START, end: DEFAULT_START + 3 * DAY_MS };
const CALLS_EXPECTED = { least: 10_000, most: 17_000 };

function openStage(): { readonly stage: Stage; readonly heard: Exchange[] } {
  const heard: Exchange[] = [];
  const stage = makeStage(platform, { seed: 'unit', span: SPAN, scale: 1 }, (exchange) => {
    heard.push(exchange);
  });
  return { stage, heard };
}

const { stage, heard } = openStage();
const actors = platform.actors(stage);
for (const hour of hoursOf(SPAN)) for (const actor of actors) actor.hour(stage, hour);
const clients = heard.filter(({ hop }) => hop === 'client');
const callsOf = ({ id }: Party) => clients.filter(({ party }) => party.id === id);

/** Calls of each session, in the order they were sent. */
function bySession(calls: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const sessions = new Map<string, Exchange[]>();
  for (const call of calls) sessions.set(call.session, [...(sessions.get(call.session) ?? []), call]);
  return [...sessions.values()];
}

test('every operation is called on ordinary days, but those that only attackers would', () => {
  const called = new Set(heard.map(({ operation }) => operation?.id));
  expect(platform.catalogue.operations.filter(({ id }) => !called.has(id)).map(({ id }) => id)).toEqual([]);
});

test('three days are about as many calls as a laptop reads in a moment', () => {
  const seen = heard.filter((exchange) => platform.sources.some(({ sees }) => sees(exchange)));
  expect(seen.length).toBeGreaterThan(CALLS_EXPECTED.least);
  expect(seen.length).toBeLessThan(CALLS_EXPECTED.most);
});

test('the two offices work by day', () => {
  const { engineer } = partiesOf(stage);
  for (const [which, zone] of [
    [0, 'Asia/Kolkata'],
    [1, 'America/Los_Angeles'],
  ] as const) {
    const hours = [0, 2, 4, 6].flatMap((more) =>
      callsOf(engineer(which + more)).map(({ at }) => new Date(at + zoneOffset(zone) * 60_000).getUTCHours()),
    );
    expect(hours.length).toBeGreaterThan(50);
    expect(hours.filter((hour) => hour < 6 || hour > 20).length / hours.length).toBeLessThan(0.02);
  }
});

test('some calls are sent together', () => {
  const runs = bySession(clients.filter(({ operation }) => operation?.id === 'readCache'));
  const overlaps = runs.filter((calls) =>
    calls.some((call, index) => index > 0 && call.at < (calls[index - 1]?.at ?? 0) + (calls[index - 1]?.durationMs ?? 0)),
  );
  expect(overlaps.length).toBeGreaterThan(20);
});

test('who is told to wait waits longer each time', () => {
  const gaps: number[] = [];
  for (const calls of bySession(callsOf(partiesOf(stage).triageAgent)))
    for (const [index, call] of calls.entries()) {
      const next = calls[index + 1];
      const after = calls[index + 2];
      if (call.status !== 429 || next?.status !== 429 || after === undefined) continue;
      gaps.push((after.at - next.at - next.durationMs) / (next.at - call.at - call.durationMs));
    }
  expect(gaps.length).toBeGreaterThan(0);
  expect(Math.min(...gaps)).toBeGreaterThan(1.3);
});

describe('tools', () => {
  const inner = (name: string, args: Readonly<Record<string, string>>): readonly Exchange[] => {
    const opened = openStage();
    const session = opened.stage.open(partiesOf(opened.stage).coder(0), SPAN.start, { name: 'tool' });
    const sent = toolClient(session, 'callTracker', '2026-07-28').tool(name, args, {});
    return opened.heard.filter(({ parent }) => parent?.parent === sent);
  };

  test('the tool decides what is called behind its server, about the same thing', () => {
    expect(inner('get_issue', { project: 'harbor-1', issue: '4321' }).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v2/projects/harbor-1/issues/4321',
    ]);
  });

  test('an unknown tool calls nothing', () => {
    expect(inner('drop_tables', {})).toEqual([]);
  });

  test('both editions of the protocol are spoken, on three servers', () => {
    const calls = clients.filter(({ operation }) => operation?.tool !== undefined);
    expect(new Set(calls.map(({ headers }) => headers['mcp-protocol-version']))).toEqual(new Set(['2025-11-25', '2026-07-28']));
    expect(new Set(calls.map(({ host }) => host))).toEqual(new Set([HOSTS.trackerTools, HOSTS.deliveryTools, HOSTS.docsTools]));
  });

  test('arguments that an agent took from an earlier answer are known as such', () => {
    const taken = clients.flatMap(({ operation, causes }) => (operation?.tool === undefined ? [] : causes));
    expect(taken.some(({ kind, toAt }) => kind === 'value' && toAt === 'body $.params.arguments.issue')).toBe(true);
  });
});

test('a delegated agent has the names of both in its token', () => {
  const { delegate } = partiesOf(stage);
  const [, claims = ''] = (delegate.credentialAt(SPAN.start)?.header[1] ?? '').split('.');
  const { sub, act } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string; act: { sub: string } };
  expect(`${act.sub} for ${sub}`).toBe(delegate.id);
});

test('what goes to hosts of others carries no credential of the company', () => {
  const outward = clients.filter(({ host, operation }) => operation === undefined && host.endsWith('.example'));
  const known = new Set(
    clients.flatMap(({ operation, credential }) => (operation === undefined || credential === undefined ? [] : [credential.header[1]])),
  );
  expect(outward.length).toBeGreaterThan(100);
  expect(outward.filter(({ headers }) => Object.values(headers).some((value) => known.has(value)))).toEqual([]);
});

test('names and addresses are reserved ones', () => {
  const hosts = new Set(heard.map(({ host }) => host));
  expect([...hosts].filter((host) => !/\.(test|example)$/.test(host))).toEqual([]);
  const addresses = new Set(heard.flatMap(({ from, to }) => [from, to]).filter((address) => address !== ''));
  const reserved = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/;
  expect([...addresses].filter((address) => !reserved.test(address))).toEqual([]);
});
