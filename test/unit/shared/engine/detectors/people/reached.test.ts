import { expect, test } from 'vitest';
import { peopleFacts, peopleReached } from '#shared/engine/detectors/people/reached.ts';
import { interner } from '#shared/engine/store/intern.ts';
import { caseFromText, type TextCase } from '#test/support/calls-from-text.ts';

const callsOf = ({ db }: TextCase): readonly number[] =>
  db.prepare('SELECT id FROM call ORDER BY time').all<{ id: number }>().map(({ id }) => id); // prettier-ignore
const reached = (made: TextCase) => peopleReached(made.db, callsOf(made));

const WITHOUT_BODIES = `
  00:00 partner:acme GET  api.acme.test/companies/c-1/employees?page=1          200
  00:01 partner:acme GET  api.acme.test/companies/c-1/employees?page=1          200
  00:02 partner:acme GET  api.acme.test/companies/c-1/employees?page=2          200
  00:03 partner:acme GET  api.acme.test/companies/c-1/employees/7?ticket=1      200
  00:04 partner:acme GET  api.acme.test/companies/c-1/employees/7?ticket=2      200
  00:05 partner:acme GET  api.acme.test/companies/c-1/employees/8/payslips/2026 200
  00:06 partner:acme GET  api.acme.test/companies/c-2/employees/7/payslips/2026 200
  00:07 partner:acme GET  api.acme.test/companies/c-2/employees/9               403
  00:08 partner:acme GET  api.acme.test/companies/c-9                           200`;

test('without bodies each person whose path was answered counts once, and lists are told beside them', () => {
  const made = caseFromText(WITHOUT_BODIES);
  expect(reached(made)).toEqual({ people: 3, by: 'paths', lists: 2 });
  expect(peopleFacts(made.db, callsOf(made))).toEqual({
    peopleAffected: 'at least 3, by the ids in paths, and 2 lists of people whose length the evidence does not show',
  });
});

test('a call that two logs show names its person once', () => {
  const made = caseFromText(`
    00:00 human:ann GET bo.acme.test/employees/7 200 in=haproxy
    00:01 human:ann GET bo.acme.test/employees/7 200 in=iis`);
  made.db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(made.id('haproxy#1'), made.id('iis#1'));
  expect(reached(made)).toEqual({ people: 1, by: 'paths', lists: 0 });
});

test('a list whose text was kept is counted by its names, not as a list of unknown length', () => {
  const made = caseFromText(
    '00:00 agent:bot GET api.acme.test/users 200 in=har.har => $[0].mail=ann@mail.example $[1].mail=bob@mail.example',
  );
  const pointer = interner(made.db)('$[*].mail');
  const seen = made.db.prepare("INSERT INTO data_seen (call_id, side, pointer_id, type, count) VALUES (?, 'response', ?, 'email', 2)");
  seen.run(made.id('har.har#1'), pointer);
  expect(reached(made)).toEqual({ people: 2, by: 'answers', lists: 0 });
});

test('calls about no person reach nobody', () => {
  const made = caseFromText('00:00 agent:bot GET api.acme.test/orders/7 200\n00:01 agent:bot GET api.acme.test/users/7 404');
  expect(reached(made)).toEqual({ people: 0, by: 'answers', lists: 0 });
  expect(peopleFacts(made.db, callsOf(made))).toBeUndefined();
});

test('things that name people count nobody by their ids: forty invoices may be those of one customer', () => {
  const made = caseFromText(
    Array.from(
      { length: 40 },
      (_, at) => `00:${String(at).padStart(2, '0')} agent:bot GET api.acme.test/invoices/${String(at + 100)} 200`,
    ).join('\n'),
  );
  const people = made.db.prepare('INSERT OR REPLACE INTO endpoint_people (endpoint_id, people) VALUES (?, 1)');
  for (const { id } of made.db.prepare('SELECT id FROM endpoint').all<{ id: number }>()) people.run(id);
  expect(reached(made)).toEqual({ people: 0, by: 'answers', lists: 0 });
});
