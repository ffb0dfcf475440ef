import type { Session } from '../../core/session.ts';
import type { Item } from '../../core/store.ts';
import { together } from '../../core/together.ts';
import { CLINICS, DAYS, LOINC } from './catalogue.ts';

/** One of the caller's own things. */
const own = ({ party, stage, random }: Session, entity: string): Item => stage.store.itemOf(entity, party.person ?? 0, random.int(0, 20));
/** All of the caller's own things of a kind, up to that many. */
const all = ({ party, stage }: Session, entity: string, count: number): readonly Item[] =>
  Array.from({ length: count }, (_, which) => stage.store.itemOf(entity, party.person ?? 0, which));

/** The day so many days after the one of the session. */
const dayOf = (session: Session, later: number): string => new Date(session.at + later * 86_400_000).toISOString().slice(0, 10);
const isOld = ({ party }: Session): boolean => party.userAgent.startsWith('TagusCare/3.');
const isApp = ({ party }: Session): boolean => party.userAgent.startsWith('TagusCare/');

/** What an app or the pages ask for when they open. */
function open(session: Session): void {
  const { random, party } = session;
  if (!isApp(session)) {
    session.call('home', { responseBytes: 21_300, bare: true });
    session.think(4000);
    if (random.chance(0.4)) session.call('article', { responseBytes: 16_900, bare: true });
  }
  if (random.chance(0.12)) {
    const login = session.call('login', { bare: true, status: 200 });
    session.call('getSelf', { causes: [{ from: login, kind: 'credential' }] });
  } else if (random.chance(0.03)) {
    // The app woke up before it had its new token.
    session.call('getSelf', { status: 401, bare: true });
    session.think(500);
  }
  if (isOld(session)) {
    session.call('apiPhp', { query: { action: 'boot', v: '301' }, responseBytes: 2110 });
    session.call('oldRecord', { params: [session.stage.store.itemOf('patient', party.person ?? 0, 0)] });
    session.call('oldVisit', { params: [own(session, 'appointment')] });
    return;
  }
  together(session, [
    () => session.call('getSelf'),
    () => session.call('myAppointments', { query: { from: dayOf(session, 0) }, listed: all(session, 'appointment', random.int(1, 4)) }),
    () => session.call('listMessages', { query: { recipient: 'me', _summary: 'count' }, listed: all(session, 'message', 2) }),
    ...(isApp(session) && random.chance(0.2)
      ? [() => session.call('registerDevice', { params: [own(session, 'device')], status: 200 })]
      : []),
  ]);
}

/** Looks for a slot, holds it and books. */
function bookVisit(session: Session): void {
  const { random, party } = session;
  const clinic = random.pick(CLINICS.slice((party.person ?? 0) % 2 === 0 ? 0 : 4, (party.person ?? 0) % 2 === 0 ? 4 : 8));
  session.call('listClinics');
  if (random.chance(0.4))
    session.call('searchDoctors', { query: { q: random.pick(['derma', 'silva', 'knee', 'paediatric', 'tan', 'eye']) } });
  session.think(5000);
  if (random.chance(0.3)) session.call('getDoctor');
  for (let days = random.int(1, 3); days > 0; days -= 1) {
    session.call('listSlots', { params: [clinic, dayOf(session, random.int(1, 12))] });
    session.think(7000);
  }
  const slot = session.stage.store.any('slot', random);
  session.call('getSlot', { params: [clinic, slot] });
  if (!random.chance(0.6)) return;
  session.think(12_000);
  session.call('holdSlot', { params: [clinic, slot], status: random.chance(0.04) ? 409 : 201 });
  session.think(25_000);
  const headers = { 'idempotency-key': random.uuid() };
  const first = session.call('book', { headers, status: random.chance(0.03) ? 503 : 201 });
  if (first.status === 503) {
    session.think(1200);
    session.call('book', { headers });
  }
  session.think(2500);
  session.call('getAppointment', {
    params: [first.responseBody === undefined || first.status === 503 ? own(session, 'appointment') : session.take(first, 'appointmentId')],
  });
}

/** Reads one's own record. */
function readRecord(session: Session): void {
  const { random, party, stage } = session;
  const self = stage.store.itemOf('patient', party.person ?? 0, 0);
  if (random.chance(0.4)) session.call('getPatient', { params: [self] });
  together(session, [
    () => session.call('listReports', { params: [self] }),
    () => session.call('listObservations', { params: [self], query: { _count: '9' } }),
  ]);
  session.think(9000);
  if (random.chance(0.6)) session.call('getReport', { params: [own(session, 'report')] });
  if (random.chance(0.4)) session.call('trend', { params: [self, random.pick(LOINC)] });
  if (random.chance(0.2)) session.call('getObservation', { params: [own(session, 'observation')] });
  if (random.chance(0.2)) session.call('listConditions', { params: [self] });
  if (random.chance(0.2)) session.call('diary', { params: [self, random.pick(DAYS.slice(0, 8))] });
}

/** A patient: opens the app or the pages, and does one or two things. */
export function patientVisit(session: Session): void {
  const { random, party, stage } = session;
  const self = stage.store.itemOf('patient', party.person ?? 0, 0);
  open(session);
  session.think(5000);
  if (random.chance(0.3)) bookVisit(session);
  if (random.chance(0.28)) readRecord(session);
  if (random.chance(0.18)) {
    session.call('listPrescriptions', { query: { patient: 'me' }, listed: all(session, 'prescription', 3) });
    session.think(6000);
    if (random.chance(0.4)) session.call('getPrescription', { params: [own(session, 'prescription')] });
    if (random.chance(0.5)) session.call('renewPrescription', { params: [own(session, 'prescription')] });
  }
  if (random.chance(0.14)) session.call('sendMessage');
  if (random.chance(0.1)) session.call('listInvoices', { params: [self] });
  if (random.chance(0.05)) session.call('updatePatient', { params: [self], status: 200 });
  if (random.chance(0.03)) session.call('cancelAppointment', { params: [own(session, 'appointment')], status: 204, responseBytes: 0 });
  if (random.chance(0.06)) {
    const visit = own(session, 'appointment');
    session.call('joinVideo', { params: [visit] });
    for (let beats = random.int(2, 6); beats > 0; beats -= 1) {
      session.think(20_000);
      session.call('getAppointment', { params: [visit] });
    }
  }
}

/** A member of the desk or a doctor works through a part of the day's list. */
export function deskWork(clinics: readonly string[]): (session: Session) => void {
  return (session) => {
    const { random, party, stage } = session;
    const { store } = stage;
    const clinic = random.pick(clinics);
    const isDoctor = party.id.startsWith('dr.');
    session.call('worklist', { params: [clinic, dayOf(session, 0)] });
    if (random.chance(0.2)) session.call('rota', { params: [clinic, dayOf(session, random.int(0, 3))] });
    for (let seen = random.int(1, 3); seen > 0; seen -= 1) {
      const patient = random.int(0, store.people - 1);
      const self = store.itemOf('patient', patient, 0);
      session.think(15_000);
      if (!isDoctor) {
        if (random.chance(0.5)) session.call('searchPatients', { query: { name: store.person(patient).name.split(' ')[1] ?? '' } });
        session.call('getPatient', { params: [self] });
        session.call('checkIn', { params: [store.itemOf('appointment', patient, random.int(0, 4))] });
        if (random.chance(0.08)) session.call('overrideSlot', { params: [store.itemOf('appointment', patient, 0)], status: 200 });
        if (random.chance(0.06)) session.call('updatePatient', { params: [self], status: 200 });
        if (random.chance(0.06)) session.call('reimburse', { params: [store.itemOf('invoice', patient, 0)] });
        if (random.chance(0.15)) session.call('printLabels', { query: { clinic, n: String(random.int(1, 6)) } });
        continue;
      }
      together(session, [
        () => session.call('getPatient', { params: [self] }),
        () => session.call('listConditions', { params: [self] }),
        () => session.call('listObservations', { params: [self] }),
      ]);
      session.think(25_000);
      if (random.chance(0.25)) session.call('everything', { params: [self] });
      if (random.chance(0.2)) session.call('getCondition', { params: [store.itemOf('condition', patient, random.int(0, 2))] });
      if (random.chance(0.3)) session.call('getDocument', { params: [store.itemOf('document', patient, random.int(0, 4))] });
      if (random.chance(0.5)) session.call('addEncounter');
      if (random.chance(0.35)) session.call('prescribe');
    }
  };
}

/** Administration, by the one person who does it. */
export function administration(session: Session): void {
  session.call('portal');
  session.call('listAccounts');
  session.think(20_000);
  if (session.random.chance(0.4)) session.call('setRights', { status: 200 });
  if (session.random.chance(0.4)) session.call('listServiceKeys');
  if (session.random.chance(0.4)) session.call('auditTrail');
}
