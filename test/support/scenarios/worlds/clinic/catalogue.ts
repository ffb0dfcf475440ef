import type { Catalogue, Entity, Service } from '../../core/api.ts';
import { HOSTS } from './hosts.ts';
import { OPERATIONS, ORPHANS } from './operations.ts';
import { SHAPES } from './shapes.ts';

/** Service, pods, and whether it passes trace context on. */
const SERVICES = [
  ['records', 3, true],
  ['booking', 3, true],
  ['messages', 2, true],
  ['documents', 1, false],
  ['labs', 2, false],
  ['claims', 2, true],
  ['billing', 2, true],
  ['identity', 2, false],
  ['desk', 2, false],
  ['events', 1, false],
  ['video', 1, true],
  ['consent', 2, true],
  ['audit', 1, false],
  ['tools', 1, true],
  ['site', 2, false],
  ['legacy', 1, false],
  ['insurer', 1, false],
] as const;

/** The insurers' own gateway, outside of the company. */
const INSURER = { host: 'eligibility.segura-vida.example', address: '192.0.2.61' } as const;

function toService(name: string, pods: number, propagates: boolean, index: number): Service {
  const isOutside = name === 'insurer';
  return {
    name,
    host: isOutside ? INSURER.host : `${name}.svc.tagus-straits.test`,
    pods: Array.from({ length: pods }, (_, pod) => (isOutside ? INSURER.address : `10.60.${String(10 + index)}.${String(11 + pod * 9)}`)),
    propagates,
  };
}

/** Days that paths name: a week before the first to four weeks after it. */
export const DAYS = Array.from({ length: 35 }, (_, day) => new Date(Date.UTC(2026, 8, 7 + day)).toISOString().slice(0, 10));
export const CLINICS = ['lis-chiado', 'lis-belem', 'lis-alvalade', 'lis-oriente', 'sin-novena', 'sin-tampines', 'sin-jurong', 'sin-katong'];
export const LOINC = ['8867-4', '85354-9', '4548-4', '2339-0', '718-7', '29463-7'];

const ENTITIES: Readonly<Record<string, Entity>> = {
  patient: { id: { style: 'integer', first: 700_310 }, perPerson: 1, shape: 'Patient' },
  condition: { id: { style: 'hex24' }, perPerson: 3, shape: 'Condition' },
  observation: { id: { style: 'uuid' }, perPerson: 12, shape: 'Observation' },
  encounter: { id: { style: 'uuid' }, perPerson: 4, shape: 'Encounter' },
  prescription: { id: { style: 'prefixed', prefix: 'rx-', length: 10 }, perPerson: 3, shape: 'MedicationRequest' },
  report: { id: { style: 'uuid' }, perPerson: 4, shape: 'DiagnosticReport' },
  message: { id: { style: 'ulid' }, perPerson: 3, shape: 'Communication' },
  task: { id: { style: 'integer', first: 41_800 }, perPerson: 3, shape: 'Task' },
  document: { id: { style: 'hex24' }, perPerson: 5, shape: 'DocumentReference' },
  appointment: { id: { style: 'integer', first: 300_512_000 }, perPerson: 5, shape: 'Appointment' },
  invoice: { id: { style: 'code', prefix: 'FT2026' }, perPerson: 3, shape: 'Invoice' },
  claim: { id: { style: 'code', prefix: 'CLM' }, perPerson: 2, shape: 'Claim' },
  labOrder: { id: { style: 'integer', first: 9_100_000 }, perPerson: 2, shape: 'LabOrder' },
  payee: { id: { style: 'uuid' }, perPerson: 1, shape: 'Payee' },
  device: { id: { style: 'uuid' }, perPerson: 2, shape: 'Device' },
  slot: { id: { style: 'ulid' }, total: 900, shape: 'Slot' },
  practitioner: { id: { style: 'prefixed', prefix: 'hcp', length: 6 }, total: 48, shape: 'Practitioner' },
  clinic: { id: { style: 'listed', values: CLINICS }, total: CLINICS.length, shape: 'Clinic' },
  day: { id: { style: 'listed', values: DAYS }, total: DAYS.length, shape: 'Day' },
  loinc: { id: { style: 'listed', values: LOINC }, total: LOINC.length, shape: 'Day' },
  insurer: { id: { style: 'listed', values: ['SEGURAVIDA', 'MEDISHIELD1'] }, total: 2, shape: 'Day' },
  subscription: { id: { style: 'listed', values: ['encounter-closed', 'result-final'] }, total: 2, shape: 'Day' },
  job: { id: { style: 'uuid' }, total: 400, shape: 'ExportJob' },
  event: { id: { style: 'integer', first: 5_550_100 }, total: 100_000, shape: 'Event' },
  account: { id: { style: 'hex24' }, total: 40, shape: 'Account' },
  serviceKey: { id: { style: 'uuid' }, total: 14, shape: 'ServiceKey' },
  article: { id: { style: 'slug' }, total: 60, shape: 'Day' },
};

export const CLINIC: Catalogue = {
  apis: {
    fhir: { host: HOSTS.fhir, title: 'Tagus & Straits Health Records (FHIR R4)', version: '4.6.1', described: true },
    booking: { host: HOSTS.booking, title: 'Tagus & Straits Booking', version: '3.11', described: true },
    partners: { host: HOSTS.partners, title: 'Partners', version: '2', described: false },
    staff: { host: HOSTS.staff, title: 'Staff portal', version: '7', described: false },
    site: { host: HOSTS.site, title: 'Web site', version: '1', described: false },
    tools: { host: HOSTS.tools, title: 'Tools', version: '1', described: false },
    inner: { host: 'svc.tagus-straits.test', title: 'Inner services', version: '1', described: false },
  },
  services: Object.fromEntries(SERVICES.map(([name, pods, propagates], index) => [name, toService(name, pods, propagates, index)])),
  entities: ENTITIES,
  shapes: SHAPES,
  operations: OPERATIONS,
  orphans: ORPHANS,
};
