import { expect, test } from 'vitest';
import { sayUnclaimed } from '#shared/engine/importers/unclaimed.ts';

const say = (text: string): string => sayUnclaimed(new TextEncoder().encode(text));

test.each([
  ['a list of principals', 'principal,name,owner,kind\nsync,Sync,partner acme,service\npos,Pos,partner b,service\n'],
  [
    'a list of changes',
    'number,short_description,start_date,end_date\nC1,load test,2026-01-01,2026-01-02\nC2,close,2026-01-03,2026-01-04\n',
  ],
  ['a list of tickets', 'Id,Created at,Status,Subject\n1,2026-01-01,Open,Help\n2,2026-01-02,Open,Help\n'],
])('%s is said to be one', (what, text) => {
  expect(say(text)).toContain(`it looks like ${what}`);
});

test.each(['method', 'path', 'url', 'status', 'client_ip'])(
  'a table of calls with a begin, an end and a %s is no list of changes',
  (column) => {
    expect(say(`id,start_time,end_time,${column}\n1,2,3,x\n4,5,6,y\n`)).not.toContain('looks like');
  },
);

test('nothing is said of other tables and texts, and no word of theirs is repeated', () => {
  expect(say('fruit,price\napple,2\npear,3\n')).toMatch(/^no known format in the first \d+ bytes$/);
  expect(say('principal,owner,hunter2-secret\na,b,c\nd,e,f\n')).not.toContain('hunter2');
  expect(say('')).toBe('the file is empty');
});
