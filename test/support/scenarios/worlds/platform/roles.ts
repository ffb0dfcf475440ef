import { strangePlace } from '../../actors/outsiders.ts';
import type { Roles } from '../../core/roles.ts';
import type { Stage } from '../../core/stage.ts';
import { DELIVERY_TOOLS, modelOf } from './agents.ts';
import { HOOK_TARGETS } from './jobs.ts';
import { partiesOf } from './parties.ts';
import { CUSTOMERS, QUIET_ENGINEER, RECORDED } from './people.ts';

/** What the platform has to offer to those who attack it. */
export function platformRoles(stage: Stage): Roles {
  const parties = partiesOf(stage);
  const [hook] = HOOK_TARGETS;
  return {
    // All but the one whose browser is recorded.
    customer: (which) => parties.customer(RECORDED + 1 + (which % (CUSTOMERS - 1))),
    employee: parties.engineer,
    agent: parties.deskAgent,
    toolAgent: parties.releaseAgent,
    model: modelOf(stage),
    recordedCustomer: parties.customer(RECORDED),
    partner: parties.partner,
    retired: parties.retired,
    delegate: { party: parties.delegate, operation: 'getInvoice', entity: 'invoice' },
    quietEmployee: parties.engineer(QUIET_ENGINEER),
    stranger: (which) => strangePlace(stage, which),
    foreign: { host: 'sink.pastewell.example', path: '/upload', address: '192.0.2.205' },
    readObject: { operation: 'getAccount', entity: 'account' },
    readMany: 'findAccounts',
    readSecret: { operation: 'listInstruments', entity: 'account', pointer: 'instruments[0].cardNumber' },
    administer: ['listMembers', 'listServiceKeys', 'setMemberRoles'],
    inbox: { list: 'listConversations', read: 'getConversation', reply: 'answerConversation', entity: 'conversation' },
    payOut: { operation: 'creditInvoice', entity: 'invoice' },
    addPayee: 'addPayoutAccount',
    pay: 'payOutSeller',
    updateSelf: { operation: 'editAccount', entity: 'account' },
    browse: { list: 'listPackages', read: 'getPackage', entity: 'package' },
    fetchUrl: { operation: 'previewImport', parameter: 'source', by: parties.engineer(2) },
    login: 'signIn',
    search: { operation: 'searchPackages', parameter: 'query' },
    undocumented: 'relabelIssue',
    deprecated: 'oldAccount',
    released: { operation: 'getReceipt', entity: 'invoice' },
    // Customers' own addresses are told of events, as they have asked for.
    outward: { party: parties.hookRelay, read: 'pullEvents', to: hook },
    monthly: { party: parties.usageReport, read: 'findAccounts' },
    poll: 'buildState',
    tools: { server: 'callDelivery', names: DELIVERY_TOOLS.map(({ name }) => name), offered: DELIVERY_TOOLS },
  };
}
