import type { EndpointRow } from '#shared/contract/inventory.ts';

/** An endpoint of the Inventory from `GET api.test/orders/{id}`, called once and harmless unless `rest` says otherwise. */
export function endpointRow(id: string, rest: Partial<EndpointRow> = {}): EndpointRow {
  const [method = '', url = ''] = id.split(' ');
  const slash = url.indexOf('/');
  return {
    id,
    method,
    host: url.slice(0, slash),
    template: url.slice(slash),
    calls: 1,
    principals: 1,
    agents: 0,
    spec: 'documented',
    sensitivity: 'S0',
    classifiedFrom: 'bodies',
    flags: [],
    auth: ['bearer'],
    statuses: { 200: 1 },
    failed: 0,
    types: [],
    drifts: 0,
    findings: 0,
    ...rest,
  };
}
