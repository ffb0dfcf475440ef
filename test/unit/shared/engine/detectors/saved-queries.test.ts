import { expect, test } from 'vitest';
import type { SavedDetector } from '#shared/contract/hunting.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { listSavedDetectors } from '#shared/engine/store/read/findings/kept-rules.ts';
import { ruleInputs } from '#shared/engine/store/read/findings/rule-inputs.ts';
import { makeChange, undoEntry } from '#shared/engine/store/review/log.ts';
import { testCodec } from '#test/support/case.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const AT = '2026-11-01T00:00:00.000Z';
const TRAFFIC = `
  00:01 service:a GET api.acme.test/v1/x 404
  00:02 service:a GET api.acme.test/v1/x 404
  00:03 service:a GET api.acme.test/v1/x 404
  00:04 service:b GET api.acme.test/v1/x 404
  50:00 service:b GET api.acme.test/v1/x 404
  99:00 service:b GET api.acme.test/v1/x 404`;
const MISSES: SavedDetector = { name: 'Misses', query: 'status:404', severity: 'medium' };

const run = (detector: SavedDetector): Promise<Detected> =>
  detect(['saved-queries'], TRAFFIC, {}, ({ db }) => {
    defineQueryFunctions(db, testCodec);
    makeChange(db, { kind: 'detector-save', detector }, AT);
  });

test('calls that fit the query are a finding of a family of its own', async () => {
  const { findings } = await run(MISSES);
  expect(findings).toMatchObject([{ detector: 'saved-1', family: 'rule', severity: 'medium', principals: ['p-a', 'p-b'] }]);
  expect(findings[0]?.calls).toHaveLength(6);
});

test('a number and a window ask for calls of one principal close together', async () => {
  const { findings } = await run({ ...MISSES, least: 3, minutes: 10 });
  expect(findings).toMatchObject([{ principals: ['p-a'], calls: ['kong#1', 'kong#2', 'kong#3'] }]);
});

test('nothing fits, nothing is said', async () => {
  expect((await run({ ...MISSES, query: 'status:500' })).findings).toEqual([]);
});

test('a query that this version cannot read is named', async () => {
  const { partlyEvaluable } = await run({ ...MISSES, query: 'nofield:1' });
  expect(partlyEvaluable).toMatchObject([{ detector: 'saved-queries', reason: expect.stringContaining('Misses: ') as string }]);
});

test('a detector is changed, removed and brought back, and findings depend on it', async () => {
  const { db } = await run(MISSES);
  const before = ruleInputs(db);
  makeChange(db, { kind: 'detector-save', id: 'saved-1', detector: { ...MISSES, severity: 'low' } }, AT);
  expect(listSavedDetectors(db)).toMatchObject([{ id: 'saved-1', severity: 'low' }]);
  expect(ruleInputs(db)).not.toBe(before);
  const { entry } = makeChange(db, { kind: 'detector-remove', id: 'saved-1' }, AT);
  expect(listSavedDetectors(db)).toEqual([]);
  undoEntry(db, entry, AT);
  expect(listSavedDetectors(db)).toMatchObject([{ id: 'saved-1', severity: 'low' }]);
});
