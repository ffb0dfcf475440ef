import { expect, test } from 'vitest';
import { listMarkedCalls } from '#shared/engine/store/read/calls/marked-calls.ts';
import { makeChange } from '#shared/engine/store/review/log.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const AT = '2026-10-01T10:00:00.000Z';

test('calls with a tag, a star, a mark or a note are listed in order of time, the others not', () => {
  const { db } = caseFromText(`
    00:03 agent:bot GET api.acme.test/c 200
    00:01 agent:bot GET api.acme.test/a 200
    00:02 agent:bot GET api.acme.test/b 200
    00:04 agent:bot GET api.acme.test/d 200`);
  expect(listMarkedCalls(db, 10)).toEqual([]);
  makeChange(db, { kind: 'mark', refs: ['kong#1', 'kong#2'], on: true }, AT);
  makeChange(db, { kind: 'tag', refs: ['kong#2'], tag: 'exfil', on: true }, AT);
  makeChange(db, { kind: 'note-add', ref: 'kong#3', text: 'odd' }, AT);
  expect(listMarkedCalls(db, 10)).toEqual([
    { ref: 'kong#2', tags: ['exfil'], marked: true },
    { ref: 'kong#3', notes: 1 },
    { ref: 'kong#1', marked: true },
  ]);
  expect(listMarkedCalls(db, 1)).toHaveLength(1);
});

test('what was put on another sighting of a call stands with the call', () => {
  const { db, id } = caseFromText(`
    00:01 agent:bot GET api.acme.test/a 200
    00:01 agent:bot GET api.acme.test/a 200 in=har`);
  db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(id('kong#1'), id('har#1'));
  makeChange(db, { kind: 'star', refs: ['har#1'], on: true }, AT);
  expect(listMarkedCalls(db, 10)).toEqual([{ ref: 'kong#1', alsoSeenAs: ['har#1'], starred: true }]);
});
