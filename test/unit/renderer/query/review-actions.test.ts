import { beforeEach, expect, test } from 'vitest';
import { makeReviewChange, stepReview } from '#renderer/query/review-actions.ts';
import { clearReviewStack, useReviewStack, type ReviewStep } from '#renderer/state/review-stack.ts';
import { useSession } from '#renderer/state/session.ts';
import { AppError } from '#shared/contract/errors.ts';
import { describeChange } from '#shared/contract/review-words.ts';
import type { ReviewChange } from '#shared/contract/review.ts';
import { createFakeClient, type FakeAnswers, type FakeClient } from '#test/support/fake-client.ts';

const openCase = { id: 'acme.spoor', title: 'Acme', file: 'acme.spoor', bytes: 1, modified: '2026-10-01T00:00:00.000Z' };
const star = (...refs: string[]): ReviewChange => ({ kind: 'star', refs, on: true });
let next = 0;

/** A window with an open case whose log counts up from 1. */
function openWindow(answers: FakeAnswers = {}): FakeClient {
  const client = createFakeClient({
    'review.change': ({ change }) => ({ entry: ++next, changed: 'refs' in change ? change.refs.length : 1 }),
    'review.undo': () => ({ entry: ++next }),
    ...answers,
  });
  useSession.setState({ client, openCase });
  return client;
}
const undone = (client: FakeClient) => client.asked.filter(({ method }) => method === 'review.undo').map(({ params }) => params);
const labels = () => {
  const { undo, redo } = useReviewStack.getState();
  const words = ({ change, changed }: ReviewStep) => describeChange(change, changed);
  return { undo: undo.map(words), redo: redo.map(words) };
};

beforeEach(() => {
  next = 0;
  useSession.setState(useSession.getInitialState(), true);
  clearReviewStack();
});

test('undo takes the latest change back, and redo takes that undo back', async () => {
  const client = openWindow();
  await makeReviewChange(star('a#1'));
  await makeReviewChange(star('a#1', 'a#2'));
  await stepReview('undo');
  expect(labels()).toEqual({ undo: ['starred a#1'], redo: ['starred 2 calls'] });
  await stepReview('redo');
  await stepReview('undo');
  expect(undone(client)).toEqual([{ entry: 2 }, { entry: 3 }, { entry: 4 }]);
  expect(labels()).toEqual({ undo: ['starred a#1'], redo: ['starred 2 calls'] });
});

test('two quick undos take two changes back, and a third has nothing to do', async () => {
  const client = openWindow();
  await Promise.all([
    makeReviewChange(star('a#1')),
    makeReviewChange(star('a#2')),
    stepReview('undo'),
    stepReview('undo'),
    stepReview('undo'),
  ]);
  expect(undone(client)).toEqual([{ entry: 2 }, { entry: 1 }]);
  expect(labels().undo).toEqual([]);
});

test('a new change ends what could be redone; one that changes nothing does not', async () => {
  openWindow();
  await makeReviewChange(star('a#1'));
  await stepReview('undo');
  openWindow({ 'review.change': () => ({ entry: 0, changed: 0 }) });
  await makeReviewChange(star('a#1'));
  expect(labels().redo).toEqual(['starred a#1']);
  openWindow();
  await makeReviewChange(star('a#3'));
  expect(labels()).toEqual({ undo: ['starred a#3'], redo: [] });
});

test('a change that is refused stands as the error until one is made', async () => {
  const refuse = (): never => {
    throw new AppError('read-only', 'the case is open for reading only; nothing was changed');
  };
  openWindow({ 'review.change': refuse });
  await makeReviewChange(star('a#1'));
  expect(useReviewStack.getState()).toMatchObject({ undo: [], error: { code: 'read-only' } });
  openWindow();
  await makeReviewChange(star('a#1'));
  expect(useReviewStack.getState().error).toBeUndefined();
});

test('an undo that can never be done is dropped, so that the one before it can be; one that may be later is kept', async () => {
  const fail = (code: 'changed-since' | 'disconnected') => (): never => {
    throw new AppError(code, code);
  };
  openWindow();
  await makeReviewChange(star('a#1'));
  await makeReviewChange(star('a#1', 'a#2'));
  openWindow({ 'review.undo': fail('disconnected') });
  await stepReview('undo');
  expect(labels().undo).toHaveLength(2);
  openWindow({ 'review.undo': fail('changed-since') });
  await stepReview('undo');
  expect(labels()).toEqual({ undo: ['starred a#1'], redo: [] });
  expect(useReviewStack.getState().error?.code).toBe('changed-since');
});

test('a change that ends after another case was opened is not on its stack', async () => {
  openWindow();
  const made = makeReviewChange(star('a#1'));
  await Promise.resolve();
  useSession.setState({ openCase: { ...openCase, id: 'other.spoor' } });
  await made;
  expect(labels().undo).toEqual([]);
});

test('a change that waits its turn while another case is opened is not made in that one', async () => {
  const client = openWindow();
  const first = makeReviewChange(star('a#1'));
  const second = makeReviewChange({ kind: 'note-edit', note: 3, text: 'of the first case' });
  await Promise.resolve();
  useSession.setState({ openCase: { ...openCase, id: 'other.spoor' } });
  await Promise.all([first, second]);
  expect(client.asked.map(({ method }) => method)).toEqual(['review.change']);
});
