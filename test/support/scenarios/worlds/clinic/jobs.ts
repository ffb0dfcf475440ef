import { job } from '../../actors/people.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/calendar.ts';
import type { Session } from '../../core/session.ts';
import type { Stage } from '../../core/stage.ts';
import { VALUES } from '../../core/values.ts';
import type { Actor } from '../../core/world.ts';
import { together } from '../../core/together.ts';
import { partiesOf } from './parties.ts';

/** Sends texts to patients' phones. */
const TEXTS = { host: 'api.textline.example', path: '/2024-11/messages', address: '192.0.2.88' } as const;
/** Where the insurers take the bill of a night. */
export const CLAIM_INTAKE = { host: 'intake.segura-vida.example', path: '/prestadores/lotes', address: '192.0.2.62' } as const;
/** Results that laboratories leave for collection. */
const LAB_FILES = 'https://files.lab-atlantico.example/out/';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** An export that is asked for again and again until it is there, then a bill for each patient treated. */
function claimNight(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  const work = store.any('job', random);
  session.call('startExport', { query: { _type: 'Encounter,Condition', _since: dayOf(session.at - DAY_MS) }, status: 202 });
  for (let polls = random.int(3, 7); polls >= 0; polls -= 1) {
    session.think(10_000);
    session.call('exportStatus', { params: [work], status: polls === 0 ? 200 : 202, ...(polls === 0 ? { responseBytes: 6200 } : {}) });
  }
  for (let bills = random.int(18, 32); bills > 0; bills -= 1) {
    const patient = store.any('patient', random);
    session.think(300);
    together(session, [
      () => session.call('getPatient', { params: [patient] }),
      () => session.call('listConditions', { params: [patient] }),
      () => session.call('listInvoices', { params: [patient] }),
    ]);
  }
  for (const insurer of ['SEGURAVIDA', 'MEDISHIELD1']) {
    session.think(2000);
    session.call('uploadBatch', { params: [insurer, dayOf(session.at - DAY_MS)], status: 200 });
  }
  for (let part = 1; part <= 3; part += 1) {
    session.think(1800);
    session.web(CLAIM_INTAKE, 'PUT', { lote: dayOf(session.at), parte: part }, { estado: 'recebido' }, { status: 202 });
  }
  if (random.chance(0.7)) session.call('reimburse');
  if (random.chance(0.3)) session.call('addPayee');
  session.call('pay');
}

/** Reads who comes tomorrow, and sends each a text: personal data, outward, every day, and agreed. */
function remind(session: Session): void {
  const { random, stage } = session;
  const { store } = stage;
  // The house's account there: its own token stays at home.
  const account = { headers: { authorization: `Bearer tl_${stage.random('text-account').base32(36)}` } };
  for (let due = random.int(12, 22); due > 0; due -= 1) {
    const patient = random.int(0, store.people - 1);
    session.think(350);
    together(session, [
      () => session.call('getAppointment', { params: [store.itemOf('appointment', patient, random.int(0, 4))] }),
      () => session.call('getPatient', { params: [store.itemOf('patient', patient, 0)] }),
    ]);
    const to = VALUES['mobile-phone'].make(random, store.person(patient));
    const body = { to, from: 'TAGUS', text: 'You have a visit tomorrow. Reply 1 to confirm.' };
    const sent = session.web(TEXTS, 'POST', body, { queued: true }, { ...account, status: random.chance(0.03) ? 429 : 202 });
    if (sent.status !== 429) continue;
    session.think(2000);
    session.web(TEXTS, 'POST', body, { queued: true }, { ...account, status: 202 });
  }
}

/** Programs of the house that run by the clock. */
export function houseJobs(stage: Stage): readonly Actor[] {
  const { claimsBatch, reminders, recall, eventConsumer, monitors, documentImport, companions, retired } = partiesOf(stage);
  const { store } = stage;
  return [
    job({ id: 'claims-batch', party: claimsBatch, every: DAY_MS, phase: HOUR_MS + 20 * MINUTE_MS, jitter: 5000, run: claimNight }),
    job({ id: 'reminders', party: reminders, every: 12 * HOUR_MS, phase: 7 * HOUR_MS, jitter: 9000, run: remind }),
    job({
      id: 'recall-campaign',
      party: recall,
      every: DAY_MS,
      phase: 10 * HOUR_MS,
      jitter: 20 * MINUTE_MS,
      run: (session) => {
        session.call('capabilities');
        session.call('searchPatients', { query: { _has: 'Condition:patient:code=E11.9', _count: '12' } });
        for (let reads = session.random.int(6, 12); reads > 0; reads -= 1) {
          session.think(900);
          session.call('listObservations', { query: { code: '4548-4' } });
        }
      },
    }),
    job({
      id: 'event-consumer',
      party: eventConsumer,
      every: 10 * MINUTE_MS,
      phase: 2 * MINUTE_MS,
      run: (session) => {
        const after = String(5_550_100 + Math.floor((session.at - stage.span.start) / 30_000));
        session.call('listEvents', { params: ['encounter-closed'], query: { after } });
        for (let reads = session.random.int(0, 2); reads > 0; reads -= 1) session.call('getEncounter');
      },
    }),
    job({
      id: 'ward-monitors',
      party: monitors,
      every: 20 * MINUTE_MS,
      phase: 4 * MINUTE_MS,
      jitter: 200,
      run: (session, scale) => {
        together(
          session,
          Array.from({ length: session.random.int(1, Math.ceil(4 * scale)) }, () => () => session.call('addObservation')),
        );
      },
    }),
    job({
      id: 'document-import',
      party: documentImport,
      every: 3 * HOUR_MS,
      phase: 35 * MINUTE_MS,
      jitter: 4 * MINUTE_MS,
      run: (session) => {
        for (let files = session.random.int(1, 4); files > 0; files -= 1) {
          session.call('fetchDocument', { query: { url: `${LAB_FILES}${session.random.hex(12)}.pdf` } });
          session.think(1500);
          session.call('getDocument');
        }
      },
    }),
    ...companions.map((party, index) =>
      job({
        id: `companion/${String(index)}`,
        party,
        every: 2 * HOUR_MS,
        phase: (20 + index * 25) * MINUTE_MS,
        jitter: 15 * MINUTE_MS,
        run: (session) => {
          const { random } = session;
          session.call('getSelf');
          session.think(1200);
          session.call('myAppointments');
          if (random.chance(0.4))
            session.call('getAppointment', { params: [store.itemOf('appointment', party.person ?? 0, random.int(0, 4))] });
          if (random.chance(0.3)) session.call('listPrescriptions', { query: { patient: 'me' } });
          if (random.chance(0.1)) session.call('renewPrescription', { params: [store.itemOf('prescription', party.person ?? 0, 0)] });
        },
      }),
    ),
    // Switched off on the first day; nobody withdrew its key.
    job({
      id: 'fax-bridge',
      party: retired,
      every: HOUR_MS,
      phase: 17 * MINUTE_MS,
      run: (session) => {
        if (session.at < stage.span.start + DAY_MS / 2) session.call('getDocument');
      },
    }),
  ];
}

/** Programs of insurers and laboratories. */
export function partnerJobs(stage: Stage): readonly Actor[] {
  const { insurerLisbon, insurerSingapore, lab, oldLab } = partiesOf(stage);
  return [
    job({
      id: 'segura-vida',
      party: insurerLisbon,
      every: 40 * MINUTE_MS,
      phase: 9 * MINUTE_MS,
      jitter: 3 * MINUTE_MS,
      run: (session, scale) => {
        for (let claims = session.random.int(1, Math.ceil(4 * scale)); claims > 0; claims -= 1) {
          const claim = session.stage.store.any('claim', session.random);
          session.call('getClaim', { params: ['SEGURAVIDA', claim] });
          session.think(2500);
          if (session.random.chance(0.4)) session.call('decideClaim', { params: ['SEGURAVIDA', claim] });
        }
      },
    }),
    job({
      id: 'medishield-one',
      party: insurerSingapore,
      every: DAY_MS,
      phase: 10 * HOUR_MS,
      jitter: 30_000,
      run: (session) => {
        session.call('claimBatch', { params: ['MEDISHIELD1', dayOf(session.at - DAY_MS)], responseBytes: 38_000 });
        for (let claims = session.random.int(10, 24); claims > 0; claims -= 1) {
          session.think(400);
          session.call('getClaim', { params: ['MEDISHIELD1', session.stage.store.any('claim', session.random)] });
        }
      },
    }),
    job({
      id: 'lab-atlantico',
      party: lab,
      every: 15 * MINUTE_MS,
      phase: 6 * MINUTE_MS,
      jitter: 8000,
      run: (session) => {
        session.call('listLabOrders', { query: { status: 'requested' } });
        for (let results = session.random.int(0, 2); results > 0; results -= 1) {
          const order = session.stage.store.any('labOrder', session.random);
          if (session.random.chance(0.5)) session.call('getLabOrder', { params: [order] });
          session.think(700);
          const first = session.call('putLabResult', { params: [order], status: session.random.chance(0.03) ? 500 : 200 });
          if (first.status === 500) session.call('putLabResult', { params: [order], status: 200 });
        }
      },
    }),
    job({
      id: 'straits-pathology',
      party: oldLab,
      every: HOUR_MS,
      phase: 48 * MINUTE_MS,
      jitter: 60_000,
      run: (session) => {
        session.call('soap', {
          status: 200,
          headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: '"urn:lab:PutResult"' },
          responseBytes: 1480,
        });
      },
    }),
  ];
}
