import { MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Taken } from '../core/given.ts';
import type { Session } from '../core/session.ts';
import type { Item } from '../core/store.ts';
import { ask } from './ask.ts';
import { hostileText, type Names } from './hostile-texts.ts';
import { answerShape, bodyWith, findField, partsOf, withValue } from './look-up.ts';
import { lootOf, pieceOf } from './loot.ts';
import { workingHours } from './moments.ts';

/** Things that are read one after the other, and customers whose secrets are. */
const OBJECTS = 36;
const SECRETS = 14;
/** Records in one parcel. */
const A_PARCEL = 18;
/** A list shows so much of a text; the messages of others are shorter. Units: UTF-16 units. */
const PREVIEW = 120;

/** A value that stands in the message's text. */
type Named = (value: string) => Taken;

interface Hostile {
  readonly read: Exchange;
  readonly named: Named;
}

/** The agent opens its list and reads the one message that was written for it. */
function readMessage(session: Session, { roles, stage }: Play, item: Item, text: string): Hostile {
  const { inbox } = roles;
  const { store, world } = stage;
  const { answer } = world.operation(inbox.list);
  const field = findField(answerShape(stage, inbox.read), (kind) => kind === 'note') ?? 'text';
  const usual = store.answer({ one: inbox.entity }, item, undefined, session.at, session.random);
  const listed = {
    ...('list' in answer ? { answer: { [answer.at]: [withValue(usual, field, `${text.slice(0, PREVIEW)}…`)], next: null } } : {}),
  };
  const list = session.call(inbox.list, { ...listed, role: 'context' });
  session.think(0.4 * SECOND_MS);
  const id = findField(answerShape(stage, inbox.read), (kind) => typeof kind === 'object' && 'id' in kind && kind.id === inbox.entity);
  const target = 'list' in answer && id !== undefined ? session.take(list, `${answer.at}[0].${id}`) : item;
  const read = session.call(inbox.read, {
    params: partsOf(stage, inbox.read, session.random, { [inbox.entity]: target }),
    answer: withValue(usual, field, text),
  });
  return { read, named: (value) => ({ value, from: read, at: `response $.${field}` }) };
}

/** An answer as all others are: it proves nothing. */
function replyAsUsual(session: Session, { roles: { inbox }, stage }: Play, item: Item): void {
  session.call(inbox.reply, {
    params: partsOf(stage, inbox.reply, session.random, { [inbox.entity]: item }),
    body: bodyWith(stage, inbox.reply, session, (field) => (field === 'note' ? 'We have taken care of it.' : undefined)),
    role: 'context',
  });
}

/** Reads what the text asks for and sends it where the text says. */
function collect(session: Session, { roles, stage: { store } }: Play, first: number, named: Named): void {
  const { readObject, readSecret, foreign } = roles;
  let parcel: readonly Readonly<Record<string, Taken>>[] = [];
  const send = (): void => {
    session.web(foreign, 'POST', { ref: 'sync', records: parcel }, { accepted: parcel.length }, { status: 202 });
    session.think(0.8 * SECOND_MS);
    parcel = [];
  };
  for (let which = 0; which < OBJECTS; which += 1) {
    const item = store.itemOf(readObject.entity, first + which, 0);
    const read = session.call(readObject.operation, { params: [which === 0 ? named(store.idOf(item)) : item] });
    parcel = [...parcel, ...lootOf(session, read)];
    session.think(0.5 * SECOND_MS);
    if (parcel.length === A_PARCEL) send();
  }
  for (let which = 0; which < SECRETS; which += 1) {
    const read = session.call(readSecret.operation, { params: [store.itemOf(readSecret.entity, first + which, 0)] });
    parcel = [...parcel, pieceOf(session, read, readSecret.pointer)];
    session.think(0.5 * SECOND_MS);
  }
  send();
}

/** Pays what the text asks for, once. */
function payOut(session: Session, { roles, stage }: Play, { target, amount }: Names, named: Named): void {
  const { operation, entity } = roles.payOut;
  session.call(operation, {
    params: partsOf(stage, operation, session.random, { [entity]: named(target) }),
    body: bodyWith(stage, operation, session, (field) => {
      if (field === 'amount') return named(amount);
      if (field === 'currency') return 'EUR';
      if (field === 'note') return 'goodwill';
      return typeof field === 'object' && 'id' in field && field.id === entity ? named(target) : undefined;
    }),
  });
}

/**
 * A message from outside tells the agent what to do, and it obeys.
 * Loud: it reads thing after thing and secrets, and sends them to an address of the message. Quiet: one payment, at the time and pace
 * of its usual work; what gives it away is that amount and target stand in the text of the message, which speaks to a program.
 */
export const injectedAgent: Incident = {
  id: 'injected-agent',
  detectors: ['injection-then-action', 'sensitive-read-to-external-write', 'bola-enumeration', 'financial-anomaly'],
  play: (play) => {
    const { open, roles, form, start, end, stage } = play;
    const { store } = stage;
    const random = stage.random(`injected-agent/${form}`);
    const writer = random.int(0, store.people - 1);
    const first = random.int(0, store.people - OBJECTS - 1);
    const names: Names = {
      target: store.idOf(store.itemOf(roles.payOut.entity, writer, 1)),
      amount: `${String(random.int(380, 940))}.${String(random.int(10, 99))}`,
      first: store.idOf(store.itemOf(roles.readObject.entity, first, 0)),
      url: `https://${roles.foreign.host}${roles.foreign.path}`,
    };
    const text = hostileText(random, form === 'loud' ? 'data' : 'money', names);
    const message = store.itemOf(roles.inbox.entity, writer, 0);
    const at = form === 'loud' ? start : workingHours({ start, end }).start + random.int(10, 160) * MINUTE_MS;
    const session = open(roles.agent, at);
    const { named } = readMessage(session, play, message, text);
    ask(session, roles, { text }, form === 'loud' ? roles.readObject.operation : roles.payOut.operation, {
      id: form === 'loud' ? names.first : names.target,
    });
    if (form === 'loud') collect(session, play, first, named);
    else payOut(session, play, names, named);
    ask(session, roles, { done: true });
    replyAsUsual(session, play, message);
  },
};
