import type { Roles } from '../../core/roles.ts';
import type { Stage } from '../../core/stage.ts';
import { TOOLS } from './agents.ts';
import { partiesOf, RECORDED } from './parties.ts';

const AGENTS = ['python-requests/2.32.3', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Go-http-client/2.0'];

/** What the clinics have to offer to those who attack them. */
export function clinicRoles(stage: Stage): Roles {
  const parties = partiesOf(stage);
  const staff = [...parties.lisbonStaff, ...parties.singaporeStaff];
  return {
    customer: (which) => parties.patient(RECORDED + 1 + which),
    employee: (which) => {
      const found = staff[which % staff.length];
      if (found === undefined) throw new RangeError(`no employee ${String(which)}`);
      return found;
    },
    agent: parties.triage,
    toolAgent: parties.scheduler,
    recordedCustomer: parties.patient(RECORDED),
    partner: parties.insurerLisbon,
    retired: parties.retired,
    stranger: (which) => ({ ip: `192.0.2.${String(151 + (which % 90))}`, userAgent: AGENTS[which % AGENTS.length] ?? '' }),
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
    fetchUrl: { operation: 'fetchDocument', parameter: 'url' },
    login: 'login',
    search: { operation: 'searchDoctors', parameter: 'q' },
    undocumented: 'overrideSlot',
    deprecated: 'oldRecord',
    poll: 'exportStatus',
    tools: { server: 'toolCall', names: TOOLS.map(({ name }) => name) },
  };
}
