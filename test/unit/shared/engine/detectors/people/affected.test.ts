import { expect, test } from 'vitest';
import { peopleAffected } from '#shared/engine/detectors/people/affected.ts';
import { caseFromText, type TextCase } from '#test/support/calls-from-text.ts';
import { interner } from '#shared/engine/store/intern.ts';

/** Pages of a list of people, some of which were recorded without their text. */
function pages(people: number, perPage: number, isLost: (page: number) => boolean): TextCase {
  const lines = Array.from({ length: Math.ceil(people / perPage) }, (_, page) => {
    const names = Array.from({ length: Math.min(perPage, people - page * perPage) }, (__, index) => `$.items[${String(index)}].mail=person-${String(page * perPage + index)}@mail.example`);
    const minute = `${String(Math.floor(page / 60)).padStart(2, '0')}:${String(page % 60).padStart(2, '0')}:00`;
    return `${minute} agent:bot GET api.acme.test/people?page=${String(page)} 200 in=har.har${isLost(page) ? '' : ` => ${names.join(' ')}`}`;
  }); // prettier-ignore
  const made = caseFromText(lines.join('\n'));
  const pointer = interner(made.db)('$.items[*].mail');
  const insert = made.db.prepare("INSERT INTO data_seen (call_id, side, pointer_id, type, count) VALUES (?, 'response', ?, 'email', ?)");
  for (const [page] of lines.entries()) if (!isLost(page)) insert.run(made.id(`har.har#${String(page + 1)}`), pointer, perPage);
  return made;
}

const callsOf = ({ db }: TextCase): readonly number[] => db.prepare('SELECT id FROM call ORDER BY time').all<{ id: number }>().map(({ id }) => id); // prettier-ignore

test('1,234 planted people lie in the interval when one in ten texts is lost', () => {
  const made = pages(1_234, 25, (page) => page % 10 === 3);
  const affected = peopleAffected(made.db, callsOf(made));
  expect(affected).toMatchObject({ read: 45, lost: 5 });
  expect(affected?.low).toBeLessThan(1_234);
  expect(affected?.high).toBeGreaterThanOrEqual(1_234);
  expect((affected?.high ?? 0) - (affected?.low ?? 0)).toBeLessThanOrEqual(125);
});

test('with every text it is the very number, and each person counts once', () => {
  const made = pages(100, 25, () => false);
  const calls = callsOf(made);
  expect(peopleAffected(made.db, [...calls, ...calls])).toMatchObject({ low: 100, high: 100, lost: 0 });
});

test('where no answer names anybody there is no number', () => {
  const made = pages(100, 25, () => true);
  expect(peopleAffected(made.db, callsOf(made))).toBeUndefined();
});

test('a list that gives names and items that give addresses count the same people once', () => {
  const made = caseFromText(
    [
      '00:00 agent:bot GET api.acme.test/people 200 in=har.har => $.items[0].name=ann-lee-1 $.items[1].name=bob-roe-2 $.items[2].name=cy-poe-33',
      '00:01 agent:bot GET api.acme.test/people/1 200 in=har.har => $.mail=ann@mail.example',
      '00:02 agent:bot GET api.acme.test/people/2 200 in=har.har => $.mail=bob@mail.example',
    ].join('\n'),
  );
  const term = interner(made.db);
  const insert = made.db.prepare("INSERT INTO data_seen (call_id, side, pointer_id, type, count) VALUES (?, 'response', ?, ?, ?)");
  insert.run(made.id('har.har#1'), term('$.items[*].name'), 'person-name', 3);
  for (const item of [2, 3]) insert.run(made.id(`har.har#${String(item)}`), term('$.mail'), 'email', 1);
  expect(peopleAffected(made.db, callsOf(made))).toMatchObject({ low: 3, high: 5 });
});
