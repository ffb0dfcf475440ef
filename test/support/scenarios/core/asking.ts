import { parametersOf, type Operation } from './api.ts';
import type { Cause } from './exchange.ts';
import { encodeQuery, isItem, isTaken, resolveBody } from './given.ts';
import { errorWord } from './mishap.ts';
import type { Outgoing } from './sender.ts';
import type { CallInput, Session } from './session.ts';
import type { Item, Json } from './store.ts';

/** The path of an operation with its parameters filled in, and the thing that its last one names. */
function fillPath(
  { path }: Operation,
  { random, stage: { store } }: Session,
  input: CallInput,
  causes: Cause[],
): { readonly path: string; readonly subject: Item | undefined } {
  const names = parametersOf(path);
  let subject: Item | undefined;
  let index = 0;
  const filled = path.replace(/\{([^}]+)\}/g, (_, entity: string) => {
    const given = input.params?.[index++] ?? store.any(entity, random);
    if (isTaken(given)) {
      causes.push({ from: given.from, kind: 'value', fromAt: given.at, toAt: `path {${names[index - 1] ?? ''}}` });
      subject = store.find(entity, given.value);
      return encodeURIComponent(given.value);
    }
    subject = isItem(given) ? given : store.find(entity, given);
    return isItem(given) ? store.idOf(given) : encodeURIComponent(given);
  });
  return { path: filled, subject };
}

function answerOf({ answer }: Operation, session: Session, subject: Item | undefined, input: CallInput): Json {
  const { stage, party, random, at } = session;
  const { store } = stage;
  if (!('list' in answer)) {
    // What is made by a call is one of the caller's own.
    const made =
      'one' in answer && subject?.entity !== answer.one ? store.itemOf(answer.one, party.person ?? 0, random.int(0, 1_000_000)) : subject;
    return store.answer(answer, made, undefined, at, random);
  }
  const count = random.int(answer.count[0], answer.count[1]);
  const owner = subject === undefined ? undefined : store.ownerOf(subject);
  const listed =
    input.listed ??
    Array.from({ length: count }, (_, which) =>
      owner === undefined ? store.any(answer.list, random) : store.itemOf(answer.list, owner, which),
    );
  return store.answer(answer, subject, listed, at, random);
}

/** What an operation answers when all goes well; a thing that was closed is not there any more. */
function statusOf({ method, answer, tool }: Operation, { stage: { store } }: Session, subject: Item | undefined): number {
  const isGone = subject !== undefined && method === 'GET' && 'one' in answer && answer.one === subject.entity && store.isClosed(subject);
  if (isGone) return 404;
  return method === 'POST' && !('list' in answer) && tool === undefined ? 201 : 200;
}

/** One try of an operation: what it is asked is resolved, and what it answers is made. */
export function askOperation(operation: Operation, session: Session, input: CallInput, shapedBody: Json | undefined): Outgoing {
  const { stage, party, random } = session;
  const causes: Cause[] = [];
  const { path, subject } = fillPath(operation, session, input, causes);
  const query = encodeQuery(input.query, causes);
  const requestBody = input.body === undefined ? shapedBody : resolveBody(input.body, 'body $', causes);
  const usual = statusOf(operation, session, subject);
  const status = input.status ?? usual;
  let answer = usual === 404 && status === 404 ? undefined : input.answer;
  if (answer === undefined && stage.reads(party))
    answer = status >= 400 ? { error: errorWord(status) } : answerOf(operation, session, subject, input);
  const { method, service, millis } = operation;
  const to = stage.world.podOf(service, random);
  return {
    target: { method, host: stage.world.hostOf(operation), path, operation, to, service },
    query,
    requestBody,
    answer,
    millis,
    causes,
    input: { ...input, status },
  };
}
