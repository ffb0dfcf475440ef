import { DEFAULT_START, zoneOffset } from '../../core/calendar.ts';
import type { Exchange } from '../../core/exchange.ts';
import { BAD_DISK, recorder, source, type SourceSpec } from '../../core/source.ts';
import { makeWorld, type World } from '../../core/world.ts';
import { alb } from '../../writers/alb.ts';
import { apiGateway } from '../../writers/api-gateway.ts';
import { browserHar } from '../../writers/browser-har.ts';
import { envoy } from '../../writers/envoy.ts';
import { agentHar } from '../../writers/har.ts';
import { kong } from '../../writers/kong.ts';
import { nginxCombined, nginxJson } from '../../writers/nginx.ts';
import { describe } from '../../writers/openapi.ts';
import { otlp } from '../../writers/otlp.ts';
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
  source(
    'edge/alb/app-public.log',
    alb({ name: 'app/public/50dc6c495c0c9188', region: 'eu-west-1', account: '123456789012' }),
    (call) => isClient(call) && PUBLIC.has(call.host),
  ),
  source('edge/kong/api-access.jsonl', kong, (call) => isClient(call) && APIS.has(call.host), { clock: { offset: 14_500, drift: 0 } }),
  source('edge/nginx/www-access.jsonl', nginxJson(0), (call) => isClient(call) && call.host === HOSTS.site),
  source(
    'partners/execution-access.jsonl',
    apiGateway({ apiId: 'z4t8p0v6b2', stage: 'v1' }),
    (call) => isClient(call) && call.host === HOSTS.partners,
  ),
  source('staff/portal-access.log', nginxCombined(zoneOffset('Asia/Singapore')), (call) => isClient(call) && call.host === HOSTS.staff, {
    ...BAD_DISK,
    withoutIds: 0.3,
  }),
  source(
    'mesh/envoy.jsonl',
    envoy({ side: ({ hop }) => (hop === 'client' ? 'outbound' : 'inbound'), domain: 'mesh.tagus-straits.test' }),
    (call) => isOutward(call) || (isInner(call) && MESHED.has(call.service ?? '')),
    {
      clock: { offset: -900, drift: 1400 },
    },
  ),
  source('mesh/spans.jsonl', otlp, (call) => isInner(call) && !MESHED.has(call.service ?? '')),
  ...Object.entries(RECORDINGS).map(([who, path]) =>
    recorder(
      path,
      who === 'browser' ? browserHar({ pageHost: HOSTS.site, openedAt: DEFAULT_START, edge: '192.0.2.33' }) : agentHar,
      ({ hop, party }) => hop === 'client' && party.recordedBy === path,
    ),
  ),
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
