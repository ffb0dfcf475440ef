import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

/** A strange order is a lead, told beside a finding of the same caller: here an inner address that it handed in, hours later. */
const only = ['rare-sequence', 'ssrf-pattern'];
const company = '3+09:00:30 agent:bot1 GET api.acme.test/a?url=http%3A%2F%2F127.0.0.1%2F 200 s=2';
const rare = (detected: Detected) => detected.findings.filter(({ detector }) => detector === 'rare-sequence');
const session = (day: number, hour: number, who: string, steps: string): string =>
  [...steps].map((step, index) => `${String(day)}+${String(hour).padStart(2, '0')}:00:${String(10 + index)} agent:${who} GET api.acme.test/${step} 200 s=2`).join('\n'); // prettier-ignore
const usual = Array.from({ length: 60 }, (_, index) => session(Math.floor(index / 20), index % 20, `bot${String(index % 4)}`, index % 3 === 0 ? 'abcdef' : 'abcabd')).join('\n'); // prettier-ignore

test('known steps in an order that nobody had are low, step by step', async () => {
  const found = rare(await detect(only, `${usual}\n${session(3, 5, 'bot1', 'fbecad')}\n${company}`));
  expect(found).toMatchObject([
    {
      severity: 'low',
      confidence: 'suspected',
      principals: ['p-bot1'],
      exhibits: [{ kind: 'ledger', head: ['Step', 'As unlikely as 1 in', 'Usual in its place'] }],
    },
  ]);
});

test('the usual order is none, nor is a new way that three take', async () => {
  expect(rare(await detect(only, `${usual}\n${session(3, 5, 'bot1', 'abcde')}`))).toEqual([]);
  const news = [0, 1, 2].map((who) => session(3, 5, `bot${String(who)}`, 'fbecad')).join('\n');
  expect(rare(await detect(only, `${usual}\n${news}\n${company}`))).toEqual([]);
});

test('without another finding about the same principal it is not told', async () => {
  expect((await detect(only, `${usual}\n${session(3, 5, 'bot1', 'fbecad')}`)).findings).toEqual([]);
});

test('with few sessions it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, `${session(0, 1, 'bot', 'abc')}\n${session(2, 1, 'bot', 'cba')}`);
  expect(notEvaluable).toContainEqual(expect.objectContaining({ detector: 'rare-sequence' }));
});
