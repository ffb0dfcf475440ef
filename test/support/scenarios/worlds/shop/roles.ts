import { strangePlace } from '../../actors/outsiders.ts';
import type { Roles } from '../../core/roles.ts';
import type { Stage } from '../../core/stage.ts';
import { CARRIER } from './actors.ts';
import { modelOf, TOOLS } from './journeys.ts';
import { partiesOf, RECORDED } from './parties.ts';

/** What the shop has to offer to those who attack it. */
export function shopRoles(stage: Stage): Roles {
  const parties = partiesOf(stage);
  return {
    // All but the one whose browser is recorded.
    customer: (which) => parties.customer(RECORDED + 1 + (which % (parties.people - 1))),
    employee: parties.employee,
    agent: parties.support,
    toolAgent: parties.operations,
    model: modelOf(stage),
    recordedCustomer: parties.customer(RECORDED),
    partner: parties.marketplace,
    retired: parties.retired,
    delegate: { party: parties.delegate, operation: 'getOrder', entity: 'order' },
    // The crowd of the office is made of the first five.
    quietEmployee: parties.employee(5),
    stranger: (which) => strangePlace(stage, which),
    foreign: { host: 'collect.dropzone.example', path: '/v1/batches', address: '198.51.100.190' },
    readObject: { operation: 'getCustomer', entity: 'customer' },
    readMany: 'listCustomers',
    readSecret: { operation: 'listPaymentMethods', entity: 'customer', pointer: 'data[0].number' },
    administer: ['listStaff', 'listKeys', 'setStaffRole'],
    inbox: { list: 'listTickets', read: 'getTicket', reply: 'replyToTicket', entity: 'ticket' },
    payOut: { operation: 'createRefund', entity: 'order' },
    addPayee: 'createPayee',
    pay: 'createPayout',
    updateSelf: { operation: 'updateCustomer', entity: 'customer' },
    browse: { list: 'listProducts', read: 'getProduct', entity: 'product' },
    fetchUrl: { operation: 'previewLink', parameter: 'url', by: parties.merchandising },
    login: 'login',
    search: { operation: 'searchProducts', parameter: 'q' },
    undocumented: 'repriceOrder',
    deprecated: 'oldCustomer',
    released: { operation: 'getInvoice', entity: 'order' },
    outward: { party: parties.nightly, read: 'exportOrders', to: CARRIER },
    monthly: { party: parties.accounting, read: 'exportOrders' },
    poll: 'getOrder',
    tools: { server: 'toolCall', names: TOOLS.map(({ name }) => name), offered: TOOLS },
  };
}
