import { recorder, source } from '../../core/source.ts';
import { makeWorld, type World } from '../../core/world.ts';
import { describe } from '../../writers/openapi.ts';
import { agentHar } from '../../writers/har.ts';
import { kong } from '../../writers/kong.ts';
import { shopActors } from './actors.ts';
import { HOSTS, SHOP } from './catalogue.ts';
import { RECORDINGS } from './parties.ts';
import { shopRoles } from './roles.ts';

/** A shop with a carrier, a market place and a bank: Kong in front of its API, NGINX in front of its pages, an Envoy mesh inside. */
export const shop: World = makeWorld({
  id: 'shop',
  catalogue: SHOP,
  people: 400,
  edgeAddresses: ['10.20.1.14', '10.20.1.37'],
  sources: [
    source('kong/kong-file-log.jsonl', kong, ({ hop, host }) => hop === 'client' && (host === HOSTS.api || host === HOSTS.tools)),
    ...Object.values(RECORDINGS).map((path) => recorder(path, agentHar, ({ hop, party }) => hop === 'client' && party.recordedBy === path)),
  ],
  documents: { 'specs/shop-api.yaml': describe(SHOP, 'shop') },
  actors: shopActors,
  roles: shopRoles,
});
