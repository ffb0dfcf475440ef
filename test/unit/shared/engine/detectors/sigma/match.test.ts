import { expect, test } from 'vitest';
import { openMatches } from '#shared/engine/detectors/sigma/match.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import type { SigmaNode } from '#shared/sigma/rule.ts';
import { readSigmaRules } from '#shared/sigma/read-rules.ts';
import { testCodec } from '#test/support/case.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const LINES = Array.from({ length: 30 }, (_, at) => `00:${String(at).padStart(2, '0')} service:a GET api.acme.test/v1/${String(at)} 200`);
/** Thirty calls with times and one without, put in in another order. */
function calls(): SqlDriver {
  const { db } = caseFromText([...LINES, '- service:a GET api.acme.test/v1/late 200'].join('\n'), { shuffle: 7 });
  defineQueryFunctions(db, testCodec);
  return db;
}

function everything(): SigmaNode {
  const rules = readSigmaRules('title: T\nid: t\nlogsource: { category: webserver }\ndetection: { s: { sc-status: 200 }, condition: s }');
  const [rule] = typeof rules === 'string' ? [] : rules;
  if (rule?.kind !== 'single') throw new Error('no rule');
  return rule.node;
}

const records = (db: SqlDriver, rule: number): readonly number[] =>
  db
    .prepare('SELECT c.record FROM temp.sigma_match m JOIN call c ON c.id = m.call_id WHERE m.rule = ? ORDER BY c.record')
    .all<{ record: number }>(rule)
    .map(({ record }) => record);

test('a rule that fits everything is stopped with its earliest calls, whatever the order in the case', async () => {
  const db = calls();
  const matches = await openMatches(db, () => Promise.resolve(), { matches: 5, looks: 1000 });
  const rule = (await matches.add(everything())) ?? 0;
  expect(records(db, rule)).toEqual([1, 2, 3, 4, 5]);
  expect(matches.isStopped(rule)).toBe(true);
});

test('a rule below the bound keeps all its calls, those without a time too, and work is let in between', async () => {
  const db = calls();
  let pauses = 0;
  const matches = await openMatches(db, () => { pauses += 1; return Promise.resolve(); }); // prettier-ignore
  const rule = (await matches.add(everything())) ?? 0;
  expect(records(db, rule)).toHaveLength(31);
  expect(matches.isStopped(rule)).toBe(false);
  expect(pauses).toBeGreaterThan(1);
});

test('rules after the last look are not run', async () => {
  const matches = await openMatches(calls(), () => Promise.resolve(), { matches: 100, looks: 70 });
  expect(await matches.add(everything())).toBe(1);
  expect(await matches.add(everything())).toBe(2);
  expect(await matches.add(everything())).toBeUndefined();
});

test('a query of the analyst is bounded in the same way, and shares the looks', async () => {
  const db = calls();
  const matches = await openMatches(db, () => Promise.resolve(), { matches: 3, looks: 70 });
  const all = { kind: 'all' } as const;
  const query = (await matches.addQuery(all)) ?? 0;
  expect(records(db, query)).toEqual([1, 2, 3]);
  expect(matches.isStopped(query)).toBe(true);
  expect(await matches.add(everything())).toBe(2);
  expect(await matches.addQuery(all)).toBeUndefined();
});
