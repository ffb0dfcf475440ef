import type { Operation } from './api.ts';
import type { Exchange } from './exchange.ts';
import { labelledFields } from './fields.ts';
import type { EndpointTruth, PrincipalTruth } from './truth.ts';
import type { World } from './world.ts';

/** What the traffic amounts to. */
export interface Tally {
  add(exchange: Exchange, recorded: boolean): void;
  endpoints(): readonly EndpointTruth[];
  principals(): readonly PrincipalTruth[];
}

/** Outside, an API has a description or none; inside, a service, of what only services call. */
function isDescribed({ catalogue: { apis, services } }: World, { api, service }: Operation, hop: Exchange['hop']): boolean {
  const { described = false } = apis[api] ?? {};
  return hop === 'client' ? described : api === 'inner' && services[service]?.description !== undefined;
}

/** What the traffic amounts to: operations that were called, and what each principal may do and does. */
export function makeTally(world: World): Tally {
  const endpoints = new Map<string, { readonly exchange: Exchange; recorded: boolean }>();
  const principals = new Map<
    string,
    { readonly kind: PrincipalTruth['kind']; readonly granted: Set<string>; readonly used: Set<string> }
  >();
  return {
    add: (exchange, recorded) => {
      const { operation, host, party, credential, status, label, hop } = exchange;
      if (operation !== undefined) {
        const key = `${operation.method} ${host} ${operation.path}`;
        const known = endpoints.get(key);
        if (known === undefined) endpoints.set(key, { exchange, recorded });
        else known.recorded ||= recorded;
      }
      if (hop !== 'client') return;
      let principal = principals.get(party.id);
      if (principal === undefined) principals.set(party.id, (principal = { kind: party.kind, granted: new Set(), used: new Set() }));
      if (credential?.kind === 'jwt') for (const scope of credential.scopes) principal.granted.add(scope);
      if (status < 400 && label?.kind !== 'incident') for (const scope of operation?.scopes ?? []) principal.used.add(scope);
    },
    endpoints: () =>
      [...endpoints.values()].flatMap(({ exchange: { operation, host, hop }, recorded }) =>
        operation === undefined
          ? []
          : [
              {
                method: operation.method,
                host,
                template: operation.path,
                published: isDescribed(world, operation, hop) ? operation.published : ('no-description' as const),
                fields: recorded ? labelledFields(world.catalogue, operation) : [],
              },
            ],
      ),
    principals: () =>
      [...principals].map(([id, { kind, granted, used }]) => ({
        id,
        kind,
        granted: [...granted].toSorted(),
        used: [...used].toSorted(),
      })),
  };
}
