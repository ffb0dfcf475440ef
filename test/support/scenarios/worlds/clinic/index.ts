import type { Exchange } from '../../core/exchange.ts';
import { recorder, source, type SourceSpec } from '../../core/source.ts';
import { makeWorld, type World } from '../../core/world.ts';
import { agentHar } from '../../writers/har.ts';
import { kong } from '../../writers/kong.ts';
import { describe } from '../../writers/openapi.ts';
import { clinicActors } from './actors.ts';
import { CLINIC } from './catalogue.ts';
import { HOSTS } from './hosts.ts';
import { PEOPLE, RECORDINGS } from './parties.ts';
import { clinicRoles } from './roles.ts';

const PUBLIC: ReadonlySet<string> = new Set([HOSTS.site, HOSTS.fhir, HOSTS.booking]);
const APIS: ReadonlySet<string> = new Set([HOSTS.fhir, HOSTS.booking, HOSTS.tools]);
const OWN: ReadonlySet<string> = new Set(Object.values(HOSTS));
/** Services of the first mesh; the others send spans. */
const MESHED: ReadonlySet<string> = new Set(['records', 'messages', 'documents', 'labs', 'audit', 'legacy', 'identity']);

const isClient = ({ hop }: Exchange): boolean => hop === 'client';
const isInner = ({ hop, service }: Exchange): boolean => hop === 'inner' && service !== undefined;
/** Requests of the house's own programs to the world go through the mesh. */
const isOutward = ({ hop, host, party }: Exchange): boolean => hop === 'client' && party.ip.startsWith('10.60.') && !OWN.has(host);

/** What is logged, and where: one line a file, so that a format is a matter of one name. */
const SOURCES: readonly SourceSpec[] = [
  source('edge/alb/app-public.log', kong, (call) => isClient(call) && PUBLIC.has(call.host)),
  source('edge/nginx/api-access.jsonl', kong, (call) => isClient(call) && APIS.has(call.host), { clock: { offset: 14_500, drift: 0 } }),
  source('partners/execution-access.jsonl', kong, (call) => isClient(call) && call.host === HOSTS.partners),
  source('staff/portal-access.log', kong, (call) => isClient(call) && call.host === HOSTS.staff, { withoutIds: 0.3 }),
  source('mesh/envoy.jsonl', kong, (call) => isOutward(call) || (isInner(call) && MESHED.has(call.service ?? '')), {
    clock: { offset: -900, drift: 1400 },
  }),
  source('mesh/spans.jsonl', kong, (call) => isInner(call) && !MESHED.has(call.service ?? '')),
  ...Object.values(RECORDINGS).map((path) => recorder(path, agentHar, ({ hop, party }) => hop === 'client' && party.recordedBy === path)),
];

/** A health service in Lisbon and Singapore: patients, desks, insurers, laboratories, an agent that triages and one that schedules. */
export const clinic: World = makeWorld({
  id: 'clinic',
  catalogue: CLINIC,
  people: PEOPLE,
  edgeAddresses: ['10.60.1.8', '10.60.2.8'],
  sources: SOURCES,
  documents: { 'descriptions/fhir-r4.yaml': describe(CLINIC, 'fhir'), 'descriptions/booking.yaml': describe(CLINIC, 'booking') },
  actors: clinicActors,
  roles: clinicRoles,
});
