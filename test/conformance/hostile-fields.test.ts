/** Every text that evidence can bring into a case is attacked by the hostile bundle, or a reason says why not; `hostile.spec.ts` proves it. */
import { expect, test } from 'vitest';
import { memoryCase } from '#test/support/case.ts';
import { ATTACKED, NOT_ATTACKED } from '#test/support/trust/attacked.ts';
import { outsideColumns } from '#test/support/trust/evidence-fields.ts';

test('each text column of the schema that words from outside can reach has an attack or a reason, and none is gone', () => {
  const db = memoryCase();
  expect([...ATTACKED, ...NOT_ATTACKED].toSorted()).toEqual([...outsideColumns(db)].toSorted());
  db.close();
});

test('a column that a later schema adds is missed until somebody decides', () => {
  const db = memoryCase();
  db.exec('CREATE TABLE later (words TEXT) STRICT; ALTER TABLE call ADD COLUMN motto TEXT');
  expect(outsideColumns(db).filter((name) => ![...ATTACKED, ...NOT_ATTACKED].includes(name))).toEqual(['call.motto', 'later.words']);
  db.close();
});
