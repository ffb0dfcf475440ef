import { expect, test } from 'vitest';
import { settleStates, type StateRow } from '#shared/engine/passes/inventory/spec-state.ts';
import { newInventoryTally, type InventoryTally } from '#shared/engine/passes/inventory/tallies.ts';
import { memoryCase } from '#test/support/case.ts';

const row = (id: number, template: string, more: Partial<StateRow> = {}): StateRow => ({ id, method: 'GET', host: 'a', template, base: 'documented', deprecated: false, ...more }); // prettier-ignore
const tally = (fill: (tally: InventoryTally) => void = () => undefined): InventoryTally => {
  const made = newInventoryTally();
  fill(made);
  return made;
};

test('a deprecation header makes a zombie of what is documented, not of a shadow', () => {
  const told = tally(({ headers }) => void headers.set('sunset\nSat, 31 Oct 2026 23:59:59 GMT', { calls: 1, example: 1, order: 1 }));
  const states = settleStates(memoryCase(), [row(1, '/x'), row(2, '/y', { base: 'shadow' })], new Map([[1, told], [2, told]])); // prettier-ignore
  expect([states.get(1)?.spec, states.get(2)?.spec]).toEqual(['zombie', 'shadow']);
  expect(states.get(1)).toMatchObject({ deprecatedBy: 'header', why: 'Answers carry sunset: Sat, 31 Oct 2026 23:59:59 GMT.' });
});

test.each(['false', '?0', ''])('`Deprecation: %s` says that it is not', (value) => {
  const told = tally(({ headers }) => void headers.set(`deprecation\n${value}`, { calls: 1, example: 1, order: 1 }));
  expect(settleStates(memoryCase(), [row(1, '/x')], new Map([[1, told]])).get(1)?.spec).toBe('documented');
});

test('an older version is left behind when nearly all principals use the newer one', () => {
  const db = memoryCase();
  const add = (endpoint: number, principals: readonly number[]): void => {
    for (const principal of principals) {
      const { lastId } = db.prepare('INSERT INTO call_fact (principal_id, endpoint_id) VALUES (?, ?)').run(principal, endpoint);
      expect(lastId).toBeGreaterThan(0);
    }
  };
  db.exec('PRAGMA foreign_keys = OFF');
  add(1, [1]);
  add(2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const busy = (calls: number) => tally((each) => Object.assign(each, { calls, answered: calls }));
  const rows = [row(1, '/v1/x/{id}'), row(2, '/v2/x/{key}')];
  const states = settleStates(db, rows, new Map([[1, busy(1)], [2, busy(50)]])); // prettier-ignore
  expect(states.get(1)).toMatchObject({ spec: 'zombie', deprecatedBy: 'newer-version', newer: 2 });
  expect(states.get(2)?.spec).toBe('documented');
  expect(settleStates(db, rows, new Map([[1, busy(90)], [2, busy(50)]])).get(1)?.spec).toBe('documented'); // prettier-ignore
});
