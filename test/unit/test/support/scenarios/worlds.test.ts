import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { parametersOf } from '#test/support/scenarios/core/api.ts';
import { DAY_MS, DEFAULT_START, hoursOf } from '#test/support/scenarios/core/calendar.ts';
import type { Exchange } from '#test/support/scenarios/core/exchange.ts';
import type { Party } from '#test/support/scenarios/core/party.ts';
import type { Roles } from '#test/support/scenarios/core/roles.ts';
import { valueAt } from '#test/support/scenarios/core/given.ts';
import type { CallInput } from '#test/support/scenarios/core/session.ts';
import { makeStage, type Stage } from '#test/support/scenarios/core/stage.ts';
import { VALUES } from '#test/support/scenarios/core/values.ts';
import type { World } from '#test/support/scenarios/core/world.ts';
import { isAllowed } from '#test/support/scenarios/incidents/look-up.ts';
import { playScenario, type PlayOptions } from '#test/support/scenarios/index.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-worlds-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const DAYS = 2;
const SPAN = { start: DEFAULT_START, end: DEFAULT_START + DAYS * DAY_MS };

function openStage(world: World): { readonly stage: Stage; readonly heard: Exchange[] } {
  const heard: Exchange[] = [];
  const stage = makeStage(world, { seed: 'roles', span: SPAN, scale: 1 }, (exchange) => {
    heard.push(exchange);
  });
  return { stage, heard };
}

const ordinary = new Map<World, readonly Exchange[]>();
/** All that happens in two ordinary days. */
function ordinaryDays(world: World): readonly Exchange[] {
  let found = ordinary.get(world);
  if (found === undefined) {
    const { stage, heard } = openStage(world);
    const actors = world.actors(stage);
    for (const hour of hoursOf(SPAN)) for (const actor of actors) actor.hour(stage, hour);
    ordinary.set(world, (found = heard));
  }
  return found;
}

/** What this employee may do in incidents only. */
const ABUSED: ReadonlySet<string> = new Set(['administer', 'addPayee', 'pay']);

/** Who plays each role's operations. */
function callsOfRoles(roles: Roles): readonly (readonly [role: string, party: Party, operation: string])[] {
  const customer = roles.customer(3);
  const employee = roles.employee(1);
  return [
    ['readObject', customer, roles.readObject.operation],
    ['readMany', employee, roles.readMany],
    ['readSecret', customer, roles.readSecret.operation],
    ...roles.administer.map((operation) => ['administer', employee, operation] as const),
    ['inbox.list', roles.agent, roles.inbox.list],
    ['inbox.read', roles.agent, roles.inbox.read],
    ['inbox.reply', roles.agent, roles.inbox.reply],
    ['payOut', roles.agent, roles.payOut.operation],
    ['addPayee', employee, roles.addPayee],
    ['pay', employee, roles.pay],
    ['updateSelf', customer, roles.updateSelf.operation],
    ['browse.list', customer, roles.browse.list],
    ['browse.read', customer, roles.browse.read],
    ['fetchUrl', roles.fetchUrl.by, roles.fetchUrl.operation],
    ['delegate', roles.delegate.party, roles.delegate.operation],
    ['released', customer, roles.released.operation],
    ['outward', roles.outward.party, roles.outward.read],
    ['outward, of one person', roles.outward.party, roles.readObject.operation],
    ['monthly', roles.monthly.party, roles.monthly.read],
    ['retired, of many', roles.retired, roles.readMany],
    ['retired, of one', roles.retired, roles.readObject.operation],
    ...[employee, roles.quietEmployee].flatMap((party) =>
      [roles.inbox.list, roles.inbox.read, roles.inbox.reply, roles.readObject.operation].map(
        (operation) => [`the desk of ${party.id}`, party, operation] as const,
      ),
    ),
    ['login', customer, roles.login],
    ['search', customer, roles.search.operation],
    ['undocumented', employee, roles.undocumented],
    ['deprecated', customer, roles.deprecated],
    ['poll', roles.agent, roles.poll],
    ['tools.server', roles.toolAgent, roles.tools.server],
  ];
}

function callOnce(world: World, party: (roles: Roles) => Party, operation: string, input?: CallInput) {
  const { stage, heard } = openStage(world);
  const session = stage.open(party(world.roles(stage)), SPAN.start + 1000, { name: 'once' });
  return { exchange: session.call(operation, input), heard, stage };
}

describe.each(worlds.map((world) => [world.id, world] as const))('%s', (_, world) => {
  const roles = world.roles(openStage(world).stage);

  test.each(callsOfRoles(roles))('the operation of %s can be called, and some source sees it', (_role, party, operation) => {
    const { exchange, heard } = callOnce(world, () => party, operation);
    expect(heard).toContain(exchange);
    expect(exchange.path).not.toMatch(/[{}]/);
    expect(world.sources.filter(({ sees }) => sees(exchange))).not.toEqual([]);
  });

  test('operations about one thing have that one parameter', () => {
    for (const { operation, entity } of [
      roles.readObject,
      roles.readSecret,
      roles.payOut,
      roles.updateSelf,
      { operation: roles.inbox.read, entity: roles.inbox.entity },
      { operation: roles.inbox.reply, entity: roles.inbox.entity },
      { operation: roles.browse.read, entity: roles.browse.entity },
    ])
      expect(parametersOf(world.operation(operation).path), operation).toEqual([entity]);
  });

  test('whoever has a role holds the scopes of its operations', () => {
    const { stage } = openStage(world);
    const allowed = callsOfRoles(world.roles(stage)).filter(([role]) => !ABUSED.has(role));
    const wrong = allowed.filter(([, party, id]) => !isAllowed(world.operation(id), party, SPAN.start));
    expect(wrong.map(([role, party, id]) => `${role}: ${party.id} ${id}`)).toEqual([]);
  });

  test('who an employee is can be seen, whatever he calls', () => {
    const employees = callsOfRoles(roles).filter(([, party]) => [roles.employee(1).id, roles.quietEmployee.id].includes(party.id));
    expect(employees.length).toBeGreaterThan(8);
    for (const [role, party, operation] of employees) {
      const { exchange } = callOnce(world, () => party, operation);
      const shows = world.sources.filter(({ sees }) => sees(exchange)).map(({ writer }) => writer.shows);
      expect(shows, role).toSatisfy((found: readonly string[]) => found.includes('credential') || found.includes('consumer'));
    }
  });

  test('some employee may pay and name payees', () => {
    const employees = Array.from({ length: 6 }, (_, which) => roles.employee(which));
    const operations = [roles.pay, roles.addPayee].map((id) => world.operation(id));
    expect(employees.some((party) => operations.every((operation) => isAllowed(operation, party, SPAN.start)))).toBe(true);
  });

  test('nobody plays the quiet employee, and nobody calls what is released', () => {
    const calls = ordinaryDays(world);
    expect(calls.filter(({ party }) => party.id === roles.quietEmployee.id)).toEqual([]);
    expect(calls.filter(({ operation }) => operation?.id === roles.released.operation)).toEqual([]);
    const { api, published } = world.operation(roles.released.operation);
    expect({ published, described: world.catalogue.apis[api]?.described }).toEqual({ published: 'documented', described: true });
  });

  test('who acts for a person reads that person on ordinary days, and the agreed flow goes where it always goes', () => {
    const { delegate, outward } = roles;
    expect(delegate.party.person).toBeDefined();
    const calls = ordinaryDays(world).filter(({ hop }) => hop === 'client');
    expect(calls.some(({ party, operation }) => party.id === delegate.party.id && operation?.id === delegate.operation)).toBe(true);
    expect(calls.some(({ party, host }) => party.id === outward.party.id && host === outward.to.host)).toBe(true);
  });

  test('customers are counted up, one each', () => {
    expect(world.catalogue.entities[roles.readObject.entity]).toMatchObject({ perPerson: 1, id: { style: 'integer' } });
    expect(roles.customer(4).person).not.toBe(roles.customer(5).person);
  });

  test('the secret stands where the role says', () => {
    const { operation, entity, pointer } = roles.readSecret;
    const own = { entity, index: roles.recordedCustomer.person ?? 0 };
    const { exchange } = callOnce(world, (here) => here.recordedCustomer, operation, { params: [own] });
    expect(JSON.stringify(valueAt(exchange.responseBody, pointer)).length).toBeGreaterThan(5);
  });

  test('text from outside is in the message, and nobody needs a token to look around or to log in', () => {
    const { exchange } = callOnce(world, (here) => here.agent, roles.inbox.read);
    expect(JSON.stringify(exchange.responseBody)).toMatch(/"[^"]+ [^"]+ [^"]+"/);
    for (const open of [roles.browse.list, roles.browse.read, roles.login]) expect(world.operation(open).scopes, open).toEqual([]);
    expect(world.operation(roles.login).body).toBeDefined();
  });

  test('the three that are recorded have a recording each', () => {
    const paths = [roles.agent, roles.toolAgent, roles.recordedCustomer].map(({ recordedBy }) => recordedBy);
    expect(new Set(paths).size).toBe(3);
    for (const path of paths) expect(world.sources.map((source) => source.path)).toContain(path);
    expect(new Set(ordinaryDays(world).map(({ party }) => party.recordedBy))).toEqual(new Set([...paths, undefined]));
  });

  test('the retired credential is used on the first day and not later', () => {
    const uses = ordinaryDays(world).filter(({ party, hop }) => hop === 'client' && party.id === roles.retired.id);
    expect(uses.length).toBeGreaterThan(0);
    expect(Math.max(...uses.map(({ at }) => at))).toBeLessThan(SPAN.start + DAY_MS);
  });

  test('what is undocumented and what is deprecated says so, and both are published that way', () => {
    expect(world.operation(roles.undocumented).published).toBe('undocumented');
    expect(world.operation(roles.deprecated).published).toBe('deprecated');
  });

  test('shapes and entities that are spoken of exist', () => {
    const { entities, shapes, operations, orphans } = world.catalogue;
    for (const { path, answer, body, behind, behindTools } of [...operations, ...orphans]) {
      for (const name of parametersOf(path)) expect(Object.keys(entities)).toContain(name);
      if ('shape' in answer) expect(Object.keys(shapes)).toContain(answer.shape);
      else expect(Object.keys(entities)).toContain('one' in answer ? answer.one : answer.list);
      if (body !== undefined) expect(Object.keys(shapes)).toContain(body);
      for (const [inner] of [...(behind ?? []), ...Object.values(behindTools ?? {}).flat()])
        expect(() => world.operation(inner)).not.toThrow();
    }
    for (const { shape } of Object.values(entities)) expect(Object.keys(shapes)).toContain(shape);
    for (const shape of Object.values(shapes))
      for (const field of Object.values(shape)) if (typeof field === 'string') expect(Object.keys(VALUES)).toContain(field);
  });

  test('ordinary calls need no scope that their credential lacks', () => {
    const wrong = ordinaryDays(world)
      .filter(
        ({ hop, credential, status }) => hop === 'client' && credential !== undefined && credential.kind !== 'session' && status < 400,
      )
      .flatMap(({ operation, credential, party }) =>
        (operation?.scopes ?? []).filter((scope) => credential?.scopes.includes(scope) !== true).map((scope) => `${party.id} ${scope}`),
      );
    expect([...new Set(wrong)]).toEqual([]);
  });
});

/** All files below a folder, by path. */
function filesBelow(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => [join(entry.parentPath, entry.name).slice(root.length), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  );
}

let plays = 0;
function play(world: string, incidents: PlayOptions['incidents']) {
  plays += 1;
  const made = playScenario({ world, seed: 'law', days: 1, scale: 0.3, folder: join(folder, String(plays)), incidents });
  return { made, files: filesBelow(made.evidence), truth: filesBelow(made.truthFolder) };
}

/** How often each line stands in a text. */
function tally(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

describe.each(worlds.map(({ id }) => [id]))('scenarios of %s', (id) => {
  const twin = play(id, []);

  test('the same seed gives the same bytes', () => {
    const again = play(id, []);
    expect([...again.files].filter(([path, text]) => twin.files.get(path) !== text).map(([path]) => path)).toEqual([]);
    expect([...again.truth].filter(([path, text]) => twin.truth.get(path) !== text).map(([path]) => path)).toEqual([]);
    expect(again.files.size).toBe(twin.files.size);
  });

  test.each(['loud', 'quiet'] as const)('without the lines of a %s incident the evidence is that of its twin', (form) => {
    const { made, files, truth } = play(id, [{ id: 'enumeration', form }]);
    let more = 0;
    for (const [path, text] of files) {
      const lines = tally(text);
      for (const [line, count] of tally(twin.files.get(path) ?? '')) {
        expect(lines.get(line) ?? 0, `${path}: ${line.slice(0, 200)}`).toBeGreaterThanOrEqual(count);
        lines.set(line, (lines.get(line) ?? 0) - count);
      }
      for (const count of lines.values()) more += count;
    }
    const calls = (truth.get('/calls.ndjson') ?? '').split('\n').filter((line) => line.includes(`"id":"incident/`)).length;
    expect(calls).toBeGreaterThan(30);
    expect(more).toBeGreaterThanOrEqual(calls - 2);
    expect(made.truth.incidents).toHaveLength(1);
  });
});
