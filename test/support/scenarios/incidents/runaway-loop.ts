import { parametersOf } from '../core/api.ts';
import { MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import { ask } from './ask.ts';
import { answerShape, bodyWith, findField, partsOf } from './look-up.ts';
import { moments, workingHours } from './moments.ts';

/** How often the same is asked, and how often the model is asked in between. */
const REPEATS = 360;
const ASKED_EVERY = 3;
/** Rounds of the quiet form. */
const ROUNDS = 25;

/** Waits for something that never happens, once a second and faster. */
function playLoud({ open, roles, start, stage }: Play): void {
  const session = open(roles.agent, start);
  const params = partsOf(stage, roles.poll, session.random);
  for (let turn = 0; turn < REPEATS; turn += 1) {
    session.call(roles.poll, { params });
    if (turn % ASKED_EVERY === 0) ask(session, roles, { state: 'not ready', next: 'try again' }, roles.poll);
    session.think(0.8 * SECOND_MS);
  }
}

/** Reads, looks after something and answers; then reads the same again. */
function playQuiet({ open, roles, start, end, stage }: Play): void {
  const random = stage.random('runaway-loop');
  const hours = workingHours({ start, end: end - 20 * MINUTE_MS });
  const message = stage.store.any(roles.inbox.entity, random);
  const anything = partsOf(stage, roles.poll, random);
  // What the message is about, where it names such a thing.
  const [kind] = parametersOf(stage.world.operation(roles.poll).path);
  const about = findField(answerShape(stage, roles.inbox.read), (field) => typeof field === 'object' && 'id' in field && field.id === kind);
  const session = open(roles.agent, hours.start);
  for (const at of moments(random, hours, ROUNDS)) {
    session.at = Math.max(session.at, at);
    const read = session.call(roles.inbox.read, { params: partsOf(stage, roles.inbox.read, random, { [roles.inbox.entity]: message }) });
    ask(session, roles, { state: read.status }, roles.poll);
    session.call(roles.poll, { params: about === undefined ? anything : [session.take(read, about)] });
    session.think(4 * SECOND_MS);
    session.call(roles.inbox.reply, {
      params: partsOf(stage, roles.inbox.reply, random, { [roles.inbox.entity]: message }),
      body: bodyWith(stage, roles.inbox.reply, session, (field) =>
        field === 'note' ? 'We are looking into it and will be back.' : undefined,
      ),
    });
    ask(session, roles, { state: 'waiting' });
  }
}

/**
 * An agent that does not come out of a circle.
 * Loud: one question hundreds of times. Quiet: three calls in turn, each round some minutes after the last, at the pace of its usual
 * work; what gives it away is that it is the same message each time, and that somebody was written to so often.
 */
export const runawayLoop: Incident = {
  id: 'runaway-loop',
  detectors: ['agent-loop', 'rate-burst'],
  play: (play) => {
    if (play.form === 'loud') playLoud(play);
    else playQuiet(play);
  },
};
