import { makeWorld, type World } from '../../core/world.ts';
import { describe } from '../../writers/openapi.ts';
import { shopActors } from './actors.ts';
import { SHOP } from './catalogue.ts';
import { shopRoles } from './roles.ts';
import { SOURCES } from './sources.ts';

/** A shop with a carrier, a market place and a bank: Kong in front of its API, NGINX in front of its pages, an Envoy mesh inside. */
export const shop: World = makeWorld({
  id: 'shop',
  catalogue: SHOP,
  people: 400,
  edgeAddresses: ['10.20.1.14', '10.20.1.37'],
  sources: SOURCES,
  documents: { 'specs/shop-api.yaml': describe(SHOP, 'shop') },
  actors: shopActors,
  roles: shopRoles,
});
