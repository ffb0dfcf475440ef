import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { DAY_MS, DEFAULT_START } from '#test/support/scenarios/core/calendar.ts';
import type { Exchange } from '#test/support/scenarios/core/exchange.ts';
import type { Party } from '#test/support/scenarios/core/party.ts';
import { valueAt } from '#test/support/scenarios/core/given.ts';
import { makeStage, type Stage } from '#test/support/scenarios/core/stage.ts';
import type { CallTruth, Form, RecordTruth } from '#test/support/scenarios/core/truth.ts';
import { playScenario } from '#test/support/scenarios/index.ts';
import { clinic } from '#test/support/scenarios/worlds/clinic/index.ts';

const root = mkdtempSync(join(tmpdir(), 'clinic-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const play = (name: string, form?: Form) =>
  playScenario({
    world: 'clinic',
    seed: '7',
    days: 1,
    scale: 0.3,
    folder: join(root, name),
    incidents: form === undefined ? [] : [{ id: 'enumeration', form }],
  });

function filesOf(name: string): readonly string[] {
  return readdirSync(join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, name).length + 1))
    .toSorted();
}

const digests = (name: string) =>
  filesOf(name).map(
    (path) =>
      `${path} ${createHash('sha256')
        .update(readFileSync(join(root, name, path)))
        .digest('hex')}`,
  );

const readLines = <T>(path: string): readonly T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** The records of the logs in their order, without those of incidents. */
function ordinaryRecords(name: string): ReadonlyMap<string, readonly string[]> {
  const harm = new Set(
    readLines<CallTruth>(join(root, name, 'truth/calls.ndjson'))
      .filter(({ label }) => label?.kind === 'incident')
      .map(({ id }) => id),
  );
  const records = new Map(readLines<RecordTruth>(join(root, name, 'truth/records.ndjson')).map((record) => [record.ref, record]));
  const found = new Map<string, readonly string[]>();
  for (const path of filesOf(name).filter((file) => /^evidence\/.*\.(?:jsonl|log|har)$/.test(file))) {
    const isHar = path.endsWith('.har');
    const lines = readFileSync(join(root, name, path), 'utf8').split('\n');
    // The first line of a recording is its head, and a comma ends each entry but the last.
    const rows = (isHar ? lines.slice(1) : lines).map((line) => (isHar ? line.replace(/,$/, '') : line));
    found.set(
      path,
      rows.filter((_, index) => {
        const call = records.get(`${path.slice('evidence/'.length)}#${String(index + 1)}`)?.call;
        return call === undefined || !(harm.has(call) || harm.has(call.split('>')[0] ?? ''));
      }),
    );
  }
  return found;
}

function openStage(): { readonly stage: Stage; readonly heard: Exchange[] } {
  const heard: Exchange[] = [];
  const span = { start: DEFAULT_START, end: DEFAULT_START + DAY_MS };
  return { stage: makeStage(clinic, { seed: '7', span, scale: 1 }, (exchange) => heard.push(exchange)), heard };
}

test('the same seed gives the same bytes', () => {
  play('first');
  play('second');
  expect(digests('second')).toEqual(digests('first'));
});

test.each(['loud', 'quiet'] as const)('without the records of the %s incident, every log is that of the twin', (form) => {
  play('twin');
  const { truth } = play(form, form);
  expect(truth.incidents[0]?.principals).toHaveLength(1);
  expect(ordinaryRecords(form)).toEqual(ordinaryRecords('twin'));
});

test('all sources have records, those of recorders too', () => {
  const { truth } = play('sources');
  for (const { name, records } of truth.sources) expect(records, name).toBeGreaterThan(0);
});

test('the credential that is retired was used before noon of the first day, and the incidents come later', () => {
  const { stage } = openStage();
  const { retired } = clinic.roles(stage);
  play('retired');
  const uses = readLines<CallTruth>(join(root, 'retired/truth/calls.ndjson')).filter(({ principal }) => principal === retired.id);
  expect(uses.length).toBeGreaterThan(0);
  for (const { at } of uses) expect(at).toBeLessThan(DEFAULT_START + DAY_MS / 2);
});

test('what is secret stands where the roles point to, and belongs to the person who was asked about', () => {
  const { stage } = openStage();
  const { readSecret, agent, recordedCustomer } = clinic.roles(stage);
  for (const party of [agent, recordedCustomer]) {
    const session = stage.open(party, stage.span.start, { name: `secret/${party.id}` });
    for (let which = 0; which < 20; which += 1) {
      const patient = stage.store.itemOf(readSecret.entity, which, 0);
      const { responseBody } = session.call(readSecret.operation, { params: [patient] });
      expect(valueAt(responseBody, readSecret.pointer)).toMatch(/^[A-Z]\d{2}/);
      expect(valueAt(responseBody, 'entry[0].resource.subject.identifier.value')).toBe(stage.store.idOf(patient));
    }
  }
});

test('numbers of patients stand in a row, and the caller owns one of them', () => {
  const { stage } = openStage();
  const { readObject, customer } = clinic.roles(stage);
  const own = stage.store.itemOf(readObject.entity, customer(3).person ?? -1, 0);
  const next = { ...own, index: own.index + 1 };
  expect(Number(stage.store.idOf(next))).toBe(Number(stage.store.idOf(own)) + 1);
  expect(stage.store.find(readObject.entity, stage.store.idOf(own))).toEqual(own);
});

test('each role can call its operations, and those whose tokens name scopes hold what ordinary work needs', () => {
  const { stage, heard } = openStage();
  const roles = clinic.roles(stage);
  const calls: readonly (readonly [Party, readonly string[]])[] = [
    [roles.customer(0), [roles.readObject.operation, roles.readSecret.operation, roles.updateSelf.operation]],
    [roles.recordedCustomer, [roles.login, roles.browse.list, roles.browse.read, roles.search.operation, roles.deprecated]],
    [roles.employee(1), [roles.readMany, roles.undocumented, roles.readObject.operation]],
    [
      roles.agent,
      [
        ...[roles.inbox.list, roles.inbox.read, roles.inbox.reply, roles.readMany, roles.readSecret.operation],
        ...[roles.payOut.operation, roles.addPayee, roles.pay, roles.fetchUrl.operation, roles.poll],
      ],
    ],
    [roles.toolAgent, [roles.tools.server]],
    [roles.retired, [roles.readObject.operation]],
    [roles.partner, ['getClaim']],
  ];
  for (const [party, operations] of calls) {
    const session = stage.open(party, stage.span.start, { name: `roles/${party.id}` });
    for (const id of operations) {
      const { operation, credential, path, host } = session.call(id);
      expect(path).not.toMatch(/[{}]/);
      expect(Object.values(clinic.catalogue.apis).map((api) => api.host)).toContain(host);
      if (credential?.kind === 'jwt')
        expect(credential.scopes, `${party.id} calls ${id}`).toEqual(expect.arrayContaining([...(operation?.scopes ?? [])]));
    }
  }
  for (const id of roles.administer) expect(clinic.operation(id).scopes).toEqual(['Admin.all']);
  for (const entity of [roles.inbox.entity, roles.payOut.entity, roles.updateSelf.entity, roles.browse.entity])
    expect(clinic.catalogue.entities).toHaveProperty(entity);
  expect(roles.agent.recordedBy).toBeDefined();
  expect(roles.toolAgent.recordedBy).toBeDefined();
  expect(roles.recordedCustomer.recordedBy).toBeDefined();
  expect(heard.filter(({ hop }) => hop === 'inner').length).toBeGreaterThan(0);
});

test('every shape, entity and service that the catalogue names is there', () => {
  const { stage } = openStage();
  const { operations, orphans, services } = clinic.catalogue;
  const session = stage.open(clinic.roles(stage).agent, stage.span.start, { name: 'all' });
  for (const operation of operations.filter(({ api }) => api !== 'inner')) session.call(operation.id);
  for (const { service } of [...operations, ...orphans]) expect(services).toHaveProperty(service);
});
