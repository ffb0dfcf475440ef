/**
 * The committee's schemas are held against the whole export elsewhere (`export-readers.ts`). Here are rules of STIX 2.1 that a schema of one object
 * cannot say, with those of the members beside them: sections 2.7 (ids), 2.9 (ids of observables), 3.2 (common members), 3.6 (versions), 4 to 7.
 */
import { expect, test } from 'vitest';
import { memoryCase } from '#test/support/case.ts';
import { exportJson, exportText } from '#test/support/exported.ts';
import { sampleReportView } from '#test/support/report-view.ts';

interface Item extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly id: string;
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'attack-pattern': ['name'],
  'course-of-action': ['name'],
  identity: ['name'],
  indicator: ['pattern', 'pattern_type', 'valid_from'],
  'marking-definition': [],
  'observed-data': ['first_observed', 'last_observed', 'number_observed', 'object_refs'],
  relationship: ['relationship_type', 'source_ref', 'target_ref'],
  report: ['name', 'published', 'object_refs'],
  sighting: ['sighting_of_ref'],
};
const OBSERVABLES: Readonly<Record<string, string>> = {
  'ipv4-addr': 'value',
  'ipv6-addr': 'value',
  'domain-name': 'value',
  url: 'value',
  'user-account': 'user_id',
  file: 'hashes',
};
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

const read = async (view = sampleReportView()): Promise<readonly Item[]> =>
  ((await exportJson(memoryCase(), 'stix', { view })) as { readonly objects: readonly Item[] }).objects;

function checkObject(object: Item, ids: ReadonlySet<string>): void {
  expect(object.id, object.type).toMatch(
    new RegExp(`^${object.type}--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
  );
  expect(object['spec_version']).toBe('2.1');
  const own = OBSERVABLES[object.type];
  const required = own === undefined ? [...(REQUIRED[object.type] ?? ['an unknown type']), 'created'] : [own];
  for (const member of required) expect(object, `${object.type} without ${member}`).toHaveProperty([member]);
  if (own === undefined && object.type !== 'marking-definition') {
    expect(object['created']).toMatch(/\.\d{3}Z$/);
    expect(object['modified']).toMatch(/\.\d{3}Z$/);
  }
  for (const [member, value] of Object.entries(object)) {
    expect(member).toMatch(/^[a-z0-9_]{3,250}$|^id$/);
    if (member.endsWith('_ref')) expect(ids, `${member} of ${object.type}`).toContain(value);
    if (member.endsWith('_refs')) {
      expect((value as readonly string[]).length).toBeGreaterThan(0);
      for (const id of value as readonly string[]) expect(ids, `${member} of ${object.type}`).toContain(id);
    }
    if (/^(created|modified|published|valid_from|first_.*|last_.*)$/.test(member) && member !== 'created_by_ref')
      expect(value).toMatch(TIME);
  }
}

test('every object keeps the rules of its type, and every reference leads to an object of the bundle', async () => {
  const objects = await read();
  const ids = new Set(objects.map(({ id }) => id));
  expect(ids.size).toBe(objects.length);
  for (const object of objects) checkObject(object, ids);
  for (const type of [
    'report',
    'identity',
    'observed-data',
    'attack-pattern',
    'course-of-action',
    'sighting',
    'domain-name',
    'url',
    'file',
  ])
    expect(
      objects.some((object) => object.type === type),
      type,
    ).toBe(true);
});

test('what is not the marking itself bears it', async () => {
  for (const object of await read())
    if (object.type !== 'marking-definition')
      expect(object['object_marking_refs']).toEqual(['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003']);
});

test('the same case gives the same bundle, byte for byte', async () => {
  expect(await exportText(memoryCase(), 'stix', { view: sampleReportView() })).toBe(
    await exportText(memoryCase(), 'stix', { view: sampleReportView() }),
  );
});

test('a hostile address breaks out of no pattern', async () => {
  const objects = await read(sampleReportView((text) => `${text}' OR [file:name = 'x`));
  for (const object of objects) if (object.type === 'indicator') expect(object['pattern']).not.toContain('[file:name');
});
