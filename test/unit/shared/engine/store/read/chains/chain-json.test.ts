import { expect, test } from 'vitest';
import { getChainJson, iterateChains } from '#shared/engine/store/read/chains/chain-json.ts';
import { memoryCase } from '#test/support/case.ts';
import { randomQueryCase } from '#test/support/query-case.ts';

const caseOfCalls = (calls: string): ReturnType<typeof memoryCase> => {
  const db = memoryCase();
  db.exec(
    `INSERT INTO source (id, name, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes)
       VALUES (1, 'z.log', 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]'), (2, 'a.log', 'content', '', '', 0, 0, 0, 0, 0, 0, 'none', 'complete', '[]');
     INSERT INTO chain (id, key, root_call_id, title, signature, depth, calls, failed, edge_counts, hosts)
       VALUES (4, 'a.log#1', 40, '', 's', 1, 4, 0, '{}', '[]');`,
  );
  for (const line of calls.trim().split('\n')) {
    const [id, source, record, time, same] = line
      .trim()
      .split(/\s+/)
      .map((word) => (word === '-' ? null : Number(word)));
    db.prepare('INSERT INTO call (id, source_id, record, byte_start, byte_length, time, time_kind, flags) VALUES (?, ?, ?, 0, 0, ?, 0, 0)').run(
      id ?? 0, source ?? 0, record ?? 0, time ?? null,
    ); // prettier-ignore
    db.prepare('INSERT INTO call_fact (call_id, same_as, chain_id) VALUES (?, ?, 4)').run(id ?? 0, same ?? null);
  }
  return db;
};

test('calls of a chain come by time, then by the name of their source and their record, those without a time last', () => {
  // id, source, record, time, another sighting of
  const db = caseOfCalls(`
    10 1 7 -  -
    20 1 2 50 -
    30 2 9 50 -
    35 2 8 50 -
    40 2 1 10 -
    90 1 1 5  40`);
  const [chain, ...others] = [...iterateChains(db)];
  expect(others).toEqual([]);
  expect(chain).toMatchObject({ id: 'a.log#1', root: 'a.log#1', calls: ['a.log#1', 'a.log#8', 'a.log#9', 'z.log#2', 'z.log#7'] });
  expect(getChainJson(db, 'a.log#1')).toEqual(chain);
});

test('a chain read with all others is the one that is read alone', () => {
  const { db } = randomQueryCase(21, 60);
  for (const adjacent of [false, true]) {
    const chains = [...iterateChains(db, { adjacent })];
    expect(chains.length).toBeGreaterThan(0);
    for (const chain of chains) expect(getChainJson(db, chain.id, { adjacent })).toEqual(chain);
  }
});
