import { expect, test } from 'vitest';
import { MAX_MESSAGES, MAX_PARTICIPANTS, toSequence } from '#renderer/views/chains/sequence/sequence-model.ts';
import { chainFromText } from '#test/support/chain-from-text.ts';

const pictures = (text: string): readonly string[] => {
  const { calls, edges } = chainFromText(text);
  return toSequence(calls, edges).phases.flatMap(({ messages, participants }) =>
    messages.map((each) => `${participants[each.from]?.label ?? ''} > ${participants[each.to]?.label ?? ''} ${String(each.calls.length)}`),
  );
};

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

test('a host that was answering the parent sent the call; without a parent the principal did', () => {
  expect(
    pictures(`
      a GET /orders     200 host=gw
      b GET /orders/up  200 host=up
      c GET /other      200 host=gw
      a -trace-> b
      a -value-> c`),
  ).toEqual(['principal not known > gw 1', 'gw > up 1', 'principal not known > gw 1']);
});

test('a model calls nothing: what its answer led to was sent by its own principal', () => {
  expect(
    pictures(`
      a POST /v1/chat/completions 200 host=llm
      b POST /orders              200 host=gw
      a -trace-> b`),
  ).toEqual(['principal not known > llm 1', 'principal not known > gw 1']);
});

test('up to the limit nothing is folded, beyond it runs and loops are, and no call is lost', () => {
  const loop = (count: number): string =>
    many(count, (index) => (index % 2 === 0 ? `c${String(index)} GET /list 200 host=gw` : `c${String(index)} GET /up 200 host=up`));
  const short = chainFromText(loop(MAX_MESSAGES));
  expect(toSequence(short.calls, [])).toMatchObject({ isFolded: false, messages: MAX_MESSAGES });
  const long = chainFromText(`${loop(MAX_MESSAGES + 1)}\nz GET /list 503 host=gw`);
  const model = toSequence(long.calls, []);
  expect(model).toMatchObject({ isFolded: true, messages: 4 });
  expect(model.phases.flatMap((phase) => phase.messages).reduce((sum, message) => sum + message.calls.length, 0)).toBe(MAX_MESSAGES + 2);
});

test('what is still too much is split into phases of at most the limit', () => {
  const { calls } = chainFromText(many(450, (index) => `c${String(index)} GET /part${String(index)} 200 host=gw`));
  const { phases } = toSequence(calls, []);
  expect(phases.every((phase) => phase.messages.length <= MAX_MESSAGES)).toBe(true);
  expect(phases.flatMap((phase) => phase.messages.flatMap((message) => message.calls.map((call) => call.ref)))).toEqual(
    calls.map((call) => call.ref),
  );
});

test('participants beyond the limit share one column', () => {
  const { calls } = chainFromText(many(20, (index) => `c${String(index)} GET /x 200 host=h${String(index)}`));
  const [phase] = toSequence(calls, []).phases;
  expect(phase?.participants).toHaveLength(MAX_PARTICIPANTS);
  expect(phase?.participants.at(-1)).toMatchObject({ kind: 'other', members: 10 });
});

test('no call makes one empty phase', () => {
  expect(toSequence([], [])).toMatchObject({ calls: 0, phases: [{ messages: [] }] });
});
