import { agentHeaders } from '../../actors/agents.ts';
import { cast, program } from '../../core/cast.ts';
import { DAY_MS, HOUR_MS } from '../../core/calendar.ts';
import { apiKey, basicLogin, tokens, type Party } from '../../core/party.ts';
import type { Stage } from '../../core/stage.ts';
import { HOSTS } from './hosts.ts';
import { AGENT_SCOPES, PATIENT_SCOPES } from './scopes.ts';

/** HAR files of the bundle, by who recorded them. */
export const RECORDINGS = {
  triage: 'hosts/triage-01/capture.har',
  scheduler: 'hosts/scheduler-01/capture.har',
  browser: 'support/ticket-8841-browser.har',
} as const;

export const PEOPLE = 360;
/** The patient whose browser is recorded, at the help desk's request. */
export const RECORDED = 34;
/** Patients who leave everything to their assistant. */
const ASSISTED = [60, 61, 62];
/** An assisted patient never calls in person; this many further on somebody else does. */
const INSTEAD = 10;

const AUDIENCE = `https://${HOSTS.fhir}`;
const NEWCOMER = 'c.amaral';
const LISBON_STAFF = ['m.figueira', 'a.teles', 'r.quintela', 'dr.salgado', 'dr.moura', 'dr.prates'];
const SINGAPORE_STAFF = ['wl.teo', 's.rajan', 'dr.ong', 'dr.yeo', 'dr.nair'];

export interface ClinicParties {
  /** Patients of the two cities: even ones live in Lisbon. */
  readonly patient: (which: number) => Party;
  readonly lisbonStaff: readonly Party[];
  readonly singaporeStaff: readonly Party[];
  /** Of the desk in Lisbon too, and in no crowd. */
  readonly newcomer: Party;
  readonly administrator: Party;
  readonly triage: Party;
  readonly scheduler: Party;
  readonly companions: readonly Party[];
  readonly claimsBatch: Party;
  readonly reminders: Party;
  readonly recall: Party;
  readonly eventConsumer: Party;
  readonly monitors: Party;
  readonly documentImport: Party;
  readonly insurerLisbon: Party;
  readonly insurerSingapore: Party;
  readonly lab: Party;
  readonly oldLab: Party;
  readonly retired: Party;
}

const cache = new WeakMap<Stage['store'], ClinicParties>();

/** Everybody who has something to do with the clinics; the same objects for every caller of one stage. */
export function partiesOf(stage: Stage): ClinicParties {
  let found = cache.get(stage.store);
  if (found === undefined) cache.set(stage.store, (found = { ...peopleOf(stage), ...agentsOf(stage), ...programsOf(stage) }));
  return found;
}

/** Who calls in place of an assisted patient. */
const insteadOf = (index: number): number => (ASSISTED.includes(index) ? index + INSTEAD : index);
const subjectOf = (stage: Stage, which: number): string => stage.random(`subject/${String(which)}`).uuid();

function peopleOf(stage: Stage): Pick<ClinicParties, 'patient' | 'lisbonStaff' | 'singaporeStaff' | 'newcomer' | 'administrator'> {
  const group = {
    proves: 'token',
    referer: `https://${HOSTS.site}/`,
    grant: {
      issuer: HOSTS.patientsIssuer,
      audience: AUDIENCE,
      client: 'patient-app',
      scopes: PATIENT_SCOPES,
      lifetime: HOUR_MS,
      algorithm: 'ES256',
      keyId: 'pat-2026-08',
    },
    traced: 'none',
    subject: (which: number) => subjectOf(stage, which),
    app: { share: 0.55, name: 'TagusCare' },
  } as const;
  const lisbon = cast(stage, { ...group, id: 'patients-lisbon', zone: 'Europe/Lisbon' });
  const singapore = cast(stage, { ...group, id: 'patients-singapore', zone: 'Asia/Singapore' });
  // Whose record is closed does not come any more.
  const open = (which: number): number => stage.store.openOwner('patient', which, PEOPLE);
  // A browser of the desk kind: an app has no recorder.
  const recorded: Party = {
    ...lisbon(open(RECORDED)),
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    headers: { 'accept-language': 'pt-PT,pt;q=0.9', referer: `https://${HOSTS.site}/` },
    recordedBy: RECORDINGS.browser,
  };
  // Staff own nothing: what they read is always somebody else's. A cookie of the portal is no application that a gateway knows.
  const staff = (id: string, zone: 'Europe/Lisbon' | 'Asia/Singapore', network: string, names: readonly string[]): readonly Party[] => {
    const member = cast(stage, {
      id,
      zone,
      network,
      proves: 'cookie',
      referer: `https://${HOSTS.staff}/Desk/Index`,
      grant: { issuer: HOSTS.issuer, audience: AUDIENCE, client: 'desk', scopes: [], lifetime: HOUR_MS },
      traced: 'none',
      subject: (which) => names[which] ?? '',
    });
    return names.map((_, which) => {
      const { person: _person, ...party } = member(which);
      return { ...party, consumer: undefined };
    });
  };
  const [administrator] = staff('administration', 'Europe/Lisbon', '10.64.9', ['t.valadares']);
  if (administrator === undefined) throw new RangeError('nobody administers the clinics');
  const lisbonDesk = staff('staff-lisbon', 'Europe/Lisbon', '10.64.8', [...LISBON_STAFF, NEWCOMER]);
  const newcomer = lisbonDesk.at(-1);
  if (newcomer === undefined) throw new RangeError('nobody sits at the desk');
  return {
    patient: (which) => {
      const index = which % PEOPLE;
      const caller = insteadOf(open(insteadOf(index)));
      return caller === recorded.person ? recorded : (caller % 2 === 0 ? lisbon : singapore)(caller);
    },
    lisbonStaff: lisbonDesk.slice(0, -1),
    newcomer,
    singaporeStaff: staff('staff-singapore', 'Asia/Singapore', '10.65.8', SINGAPORE_STAFF),
    administrator,
  };
}

type More = { readonly actor?: string; readonly subject?: string; readonly issuer?: string };
const tokensOf = (stage: Stage, client: string, scopes: readonly string[], lifetime: number, more: More = {}) =>
  tokens(stage.random(`tokens/${client}/${more.subject ?? ''}`), {
    issuer: HOSTS.issuer,
    audience: AUDIENCE,
    subject: client,
    client,
    scopes,
    lifetime,
    ...more,
  });

function agentsOf(stage: Stage): Pick<ClinicParties, 'triage' | 'scheduler' | 'companions'> {
  return {
    triage: program(stage, {
      id: 'triage-agent',
      kind: 'agent',
      ip: '10.66.3.14',
      userAgent: 'triage-agent/2.8 python-httpx/0.28.1',
      headers: agentHeaders('python'),
      // A year, and more than it uses.
      credentialAt: tokensOf(stage, 'triage-agent', AGENT_SCOPES, 365 * DAY_MS),
      traced: 'run',
      recordedBy: RECORDINGS.triage,
    }),
    scheduler: program(stage, {
      id: 'scheduling-agent',
      kind: 'agent',
      ip: '10.66.3.31',
      userAgent: 'clinic-scheduler/0.14.2 (mcp-client)',
      headers: agentHeaders('js'),
      credentialAt: tokensOf(stage, 'scheduling-agent', ['Appointment.read', 'Appointment.write'], HOUR_MS),
      traced: 'call',
      recordedBy: RECORDINGS.scheduler,
    }),
    companions: ASSISTED.map((person) =>
      program(stage, {
        id: subjectOf(stage, person),
        kind: 'agent',
        ip: '198.51.100.71',
        userAgent: 'CareCompanion/0.9 (node-fetch)',
        headers: agentHeaders('js'),
        consumer: { id: stage.random('consumer/care-companion').uuid(), name: 'care-companion' },
        credentialAt: tokensOf(
          stage,
          'care-companion',
          ['Patient.read', 'Appointment.read', 'Appointment.write', 'MedicationRequest.read', 'MedicationRequest.renew'],
          HOUR_MS / 4,
          { actor: 'care-companion', subject: subjectOf(stage, person), issuer: HOSTS.patientsIssuer },
        ),
        person,
        traced: 'run',
      }),
    ),
  };
}

type Programs = Omit<ClinicParties, keyof ReturnType<typeof peopleOf> | keyof ReturnType<typeof agentsOf>>;

function programsOf(stage: Stage): Programs {
  const service = (id: string, ip: string, userAgent: string, credentialAt: Party['credentialAt'], traced: Party['traced'] = 'none') =>
    program(stage, { id, kind: 'service', ip, userAgent, credentialAt, traced });
  const key = (id: string, scopes: readonly string[]) => apiKey(stage.random(`key/${id}`), id, scopes, 'tsh.live.');
  const token = (id: string, scopes: readonly string[]) => tokensOf(stage, id, scopes, HOUR_MS / 2);
  return {
    claimsBatch: service(
      'claims-batch',
      '10.60.40.12',
      'claims-batch/6.1 Java-http-client/21.0.4',
      token('claims-batch', [
        'System.export',
        'Patient.read',
        'Condition.read',
        'Invoice.read',
        'claims.write',
        'Payout.write',
        'Invoice.refund',
      ]),
      'run',
    ),
    reminders: service(
      'reminders',
      '10.60.40.33',
      'reminders/1.12 axios/1.7.7',
      token('reminders', ['Appointment.read', 'Patient.read']),
      'run',
    ),
    recall: service(
      'recall-campaign',
      '10.60.40.57',
      'recall/0.4 python-requests/2.32.3',
      token('recall-campaign', ['Patient.search', 'Patient.read', 'Observation.read']),
    ),
    eventConsumer: service(
      'event-consumer',
      '10.60.40.71',
      'encounter-events/3.0 Go-http-client/2.0',
      key('event-consumer', ['Subscription.read', 'Encounter.read']),
    ),
    monitors: service('ward-monitors', '10.67.1.5', 'VitalGate/4.4', key('ward-monitors', ['Observation.write'])),
    documentImport: service(
      'document-import',
      '10.60.40.90',
      'docimport/1.7 okhttp/4.12.0',
      token('document-import', ['DocumentReference.write', 'DocumentReference.read']),
    ),
    insurerLisbon: service(
      'segura-vida',
      '198.51.100.21',
      'SeguraVida-Connect/12 Apache-HttpClient/5.4',
      key('segura-vida', ['claims.read', 'claims.decide']),
    ),
    insurerSingapore: service(
      'medishield-one',
      '198.51.100.34',
      'ms1-claims/3.2 python-requests/2.31.0',
      key('medishield-one', ['claims.read', 'claims.decide']),
    ),
    lab: service(
      'lab-atlantico',
      '198.51.100.46',
      'LabAtlantico-LIS/8.3 libcurl/8.9.1',
      key('lab-atlantico', ['labs.read', 'labs.write', 'DocumentReference.read']),
    ),
    oldLab: service(
      'straits-pathology',
      '198.51.100.58',
      'Mozilla/4.0 (compatible; MSIE 6.0; MS Web Services Client Protocol 2.0.50727.9164)',
      basicLogin(stage.random('basic/straits-pathology'), 'straits-pathology', []),
    ),
    retired: service(
      'fax-bridge',
      '10.60.40.99',
      'fax-bridge/0.7 python-requests/2.22.0',
      key('fax-bridge', ['DocumentReference.read', 'Patient.read', 'Patient.search', 'System.export']),
    ),
  };
}
