import { expect, test } from 'vitest';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import type { Contract } from '#shared/engine/passes/inventory/contracts.ts';
import { createDriftTally } from '#shared/engine/passes/inventory/drift.ts';
import { createLooker } from '#shared/engine/passes/inventory/look-at-call.ts';
import { newInventoryTally } from '#shared/engine/passes/inventory/tallies.ts';

const body = { content: { 'application/json': { properties: { id: {} } } } };
const contract: Contract = {
  contract: { parameters: [], request: body, responses: { '200': body }, auth: [] },
  queryNames: undefined,
  isSecured: false,
  authKinds: undefined,
  answer: (status) => (status === 200 ? body : undefined),
  knowsStatus: () => true,
};
const json = (text: string) => ({ text, mime: 'application/json' });

function look(status: number, detail: StoredDetail, against: Contract | undefined = contract) {
  const [drift, tally] = [createDriftTally(), newInventoryTally()];
  createLooker(drift).look(tally, against, 1, status, { id: 1, principal: null, time: null, order: 1 }, detail);
  return { tally, drift: drift.placesOf(1).map(({ kind, place }) => `${kind} ${place}`) };
}

test('fields beside the description are drift on both sides', () => {
  const { drift, tally } = look(200, { requestBody: json('{"id":1,"role":"admin"}'), responseBody: json('{"id":1,"hash":"x"}') });
  expect(drift).toEqual(['undocumented-field request $.role', 'undocumented-field response $.hash']);
  expect(tally.bodiesChecked).toBe(1);
});

test('what was refused, cut short or of another kind says nothing about fields', () => {
  expect(look(400, { requestBody: json('{"x":1}') }).drift).toEqual([]);
  expect(look(200, { responseBody: json('{"id":1,"x":') }).drift).toEqual([]);
  expect(look(200, { responseBody: { text: 'a,b', mime: 'text/csv' } }).drift).toEqual(['undocumented-content-type response text/csv']);
});

test('headers that tell of controls and the shape of errors are counted without a description, too', () => {
  const headers = [['Deprecation', 'true'], ['X-Other', '1']] as const; // prettier-ignore
  const { tally } = look(404, { responseHeaders: headers, responseBody: json('{"code":1,"message":"x"}') }, undefined);
  expect([...tally.headers.keys()]).toEqual(['deprecation\ntrue']);
  expect([...tally.errorShapes]).toEqual([['{code, message}', 1]]);
});
