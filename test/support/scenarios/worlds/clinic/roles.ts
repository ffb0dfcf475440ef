import { strangePlace } from '../../actors/outsiders.ts';
import type { Roles } from '../../core/roles.ts';
import type { Stage } from '../../core/stage.ts';
import { modelOf, TOOLS } from './agents.ts';
import { CLAIM_INTAKE } from './jobs.ts';
import { partiesOf, PEOPLE, RECORDED } from './parties.ts';

/** What the clinics have to offer to those who attack them. */
export function clinicRoles(stage: Stage): Roles {
  const parties = partiesOf(stage);
  const [companion] = parties.companions;
  if (companion === undefined) throw new RangeError('no assistant in the clinics');
  const staff = [...parties.lisbonStaff, ...parties.singaporeStaff];
  return {
    // All but the one whose browser is recorded.
    customer: (which) => parties.patient(RECORDED + 1 + (which % (PEOPLE - 1))),
    employee: (which) => {
      const found = staff[which % staff.length];
      if (found === undefined) throw new RangeError(`no employee ${String(which)}`);
      return found;
    },
    agent: parties.triage,
    toolAgent: parties.scheduler,
    model: modelOf(stage),
    recordedCustomer: parties.patient(RECORDED),
    partner: parties.insurerLisbon,
    retired: parties.retired,
    delegate: { party: companion, operation: 'getAppointment', entity: 'appointment' },
    quietEmployee: parties.newcomer,
    stranger: (which) => strangePlace(stage, which),
    foreign: { host: 'paste.quietbin.example', path: '/api/documents', address: '192.0.2.233' },
    readObject: { operation: 'getPatient', entity: 'patient' },
    readMany: 'searchPatients',
    readSecret: { operation: 'listConditions', entity: 'patient', pointer: 'entry[0].resource.code.coding[0].code' },
    administer: ['listAccounts', 'listServiceKeys', 'setRights'],
    inbox: { list: 'listMessages', read: 'getMessage', reply: 'replyToMessage', entity: 'message' },
    payOut: { operation: 'reimburse', entity: 'invoice' },
    addPayee: 'addPayee',
    pay: 'pay',
    updateSelf: { operation: 'updatePatient', entity: 'patient' },
    browse: { list: 'listClinics', read: 'getClinic', entity: 'clinic' },
    fetchUrl: { operation: 'fetchDocument', parameter: 'url', by: parties.documentImport },
    login: 'login',
    search: { operation: 'searchDoctors', parameter: 'q' },
    undocumented: 'overrideSlot',
    deprecated: 'oldRecord',
    released: { operation: 'getCarePlan', entity: 'patient' },
    outward: { party: parties.claimsBatch, read: 'listInvoices', to: CLAIM_INTAKE },
    monthly: { party: parties.recall, read: 'searchPatients' },
    poll: 'exportStatus',
    tools: { server: 'toolCall', names: TOOLS.map(({ name }) => name), offered: TOOLS },
  };
}
