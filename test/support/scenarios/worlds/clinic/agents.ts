import { askModel, toolClient, type Model, type Tool } from '../../actors/agents.ts';
import type { Session } from '../../core/session.ts';
import type { Stage } from '../../core/stage.ts';
import { CLINICS, DAYS } from './catalogue.ts';
import { together } from '../../core/together.ts';

/** The model of the triage agent. */
export function modelOf(stage: Stage): Model {
  return {
    foreign: { host: 'inference.openhall.example', path: '/v1/chat/completions', address: '192.0.2.140' },
    key: `oh-${stage.random('model-key').base32(44)}`,
  };
}

/** The triage agent answers one message of a patient, its model asked before it reads and before it writes. */
export function triageMessage(session: Session): void {
  const { random, stage } = session;
  const model = modelOf(stage);
  const listed = session.call('listMessages', { query: { status: 'in-progress', _sort: 'sent', _count: '6' } });
  session.think(300);
  const message = session.call('getMessage', { params: [session.take(listed, `entry[${String(random.int(0, 1))}].resource.id`)] });
  const patient = session.take(message, 'subject.identifier.value');
  const text = session.take(message, 'payload[0].contentString');
  askModel(session, model, { patient: patient.value, text: text.value }, [
    { name: 'read_chart', arguments: { patient: patient.value } },
    { name: 'list_medication', arguments: { patient: patient.value } },
  ]);
  together(session, [
    () => session.call('getPatient', { params: [patient] }),
    () => session.call('listConditions', { params: [patient] }),
    () => session.call('listPrescriptions', { query: { patient }, listed: ofPatient(session, patient.value) }),
  ]);
  session.think(250);
  if (random.chance(0.5)) {
    const reports = session.call('listReports', { params: [patient] });
    if (random.chance(0.6)) session.call('getReport', { params: [session.take(reports, 'entry[0].resource.id')] });
  }
  if (random.chance(0.25)) session.call('listObservations', { params: [patient], query: { _sort: '-date', _count: '9' } });
  askModel(session, model, { urgency: random.pick(['routine', 'soon', 'today']) }, []);
  // The messaging service is slow at times, and the client asks once more.
  if (random.chance(0.03)) {
    session.call('replyToMessage', { params: [session.take(message, 'id')], status: 503 });
    session.think(1000);
  }
  session.call('replyToMessage', {
    params: [session.take(message, 'id')],
    body: { payload: [{ contentString: 'Please book a visit this week; go to the emergency room if it gets worse.' }] },
  });
  session.think(120);
  session.call('updateTask', {
    params: [session.take(message, 'basedOn[0].identifier.value')],
    body: { status: 'completed' },
    status: 200,
  });
}

/** The prescriptions of a patient who is known by number. */
function ofPatient({ stage: { store } }: Session, id: string) {
  const item = store.find('patient', id);
  return [0, 1].map((which) => store.itemOf('prescription', item === undefined ? 0 : (store.ownerOf(item) ?? 0), which));
}

export const TOOLS: readonly Tool[] = [
  { name: 'find_slots', description: 'Free slots of a clinic on a day.', parameters: { clinic: 'string', day: 'string' } },
  { name: 'read_rota', description: 'Who works in a clinic on a day.', parameters: { clinic: 'string', day: 'string' } },
  {
    name: 'move_appointment',
    description: 'Moves an appointment to another slot.',
    parameters: { appointment: 'integer', slot: 'string' },
  },
  {
    name: 'notify_patient',
    description: 'Sends a text of the house to a patient.',
    parameters: { appointment: 'integer', template: 'string' },
  },
  { name: 'search_policies', description: 'Full-text search over the rules of the clinics.', parameters: { query: 'string' } },
];

/** The scheduling agent fills the gaps of a day over tools. */
export function fillGaps(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const client = toolClient(session, 'toolCall', random.chance(0.6) ? '2025-11-25' : '2026-07-28');
  client.begin(TOOLS);
  const clinic = random.pick(CLINICS);
  const day = random.pick(DAYS.slice(8, 20));
  client.tool('read_rota', { clinic, day }, { clinic, day, onDuty: random.int(2, 6) });
  if (random.chance(0.3)) client.tool('search_policies', { query: 'minimum notice' }, { hits: random.int(0, 3) });
  for (let moves = random.int(1, 4); moves > 0; moves -= 1) {
    const slots = Array.from({ length: random.int(1, 4) }, () => store.idOf(store.any('slot', random)));
    const appointment = Number(store.idOf(store.any('appointment', random)));
    client.tool('find_slots', { clinic, day }, { slots });
    if (random.chance(0.06))
      client.tool('move_appointment', { appointment, slot: slots[0] ?? '' }, { error: 'slot taken' }, { isError: true });
    client.tool('move_appointment', { appointment, slot: slots.at(-1) ?? '' }, { appointment, state: 'moved' });
    if (random.chance(0.7)) client.tool('notify_patient', { appointment, template: 'moved' }, { queued: true });
  }
  if (random.chance(0.5)) session.call('getAppointment');
}
