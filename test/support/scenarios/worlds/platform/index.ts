import { DEFAULT_START } from '../../core/calendar.ts';
import type { Exchange } from '../../core/exchange.ts';
import { BAD_DISK, recorder, source } from '../../core/source.ts';
import { makeWorld, type World } from '../../core/world.ts';
import { apiGateway } from '../../writers/api-gateway.ts';
import { browserHar } from '../../writers/browser-har.ts';
import { envoy } from '../../writers/envoy.ts';
import { agentHar } from '../../writers/har.ts';
import { kong } from '../../writers/kong.ts';
import { describe } from '../../writers/openapi.ts';
import { otlp } from '../../writers/otlp.ts';
import { platformActors } from './actors.ts';
import { HOSTS, PLATFORM } from './catalogue.ts';
import { PEOPLE, RECORDINGS } from './people.ts';
import { platformRoles } from './roles.ts';

const INTERNAL: ReadonlySet<string> = new Set([HOSTS.hub, HOSTS.builds, HOSTS.control]);
const TOOLS: ReadonlySet<string> = new Set([HOSTS.trackerTools, HOSTS.deliveryTools, HOSTS.docsTools]);
const OUTSIDE = '.quillforge.test';

const toInternal = ({ hop, host }: Exchange): boolean => hop === 'client' && INTERNAL.has(host);
const toPublic = ({ hop, host }: Exchange): boolean => hop === 'client' && host === HOSTS.open;
const toTools = ({ hop, host }: Exchange): boolean => hop === 'client' && TOOLS.has(host);
const toOutside = ({ hop, host, from }: Exchange): boolean => hop === 'client' && !host.endsWith(OUTSIDE) && from.startsWith('172.20.');
/** Only services that pass trace context on write spans. */
const hasSpans = ({ hop, service }: Exchange): boolean => hop === 'inner' && PLATFORM.services[service ?? '']?.propagates === true;
/** Pods of one machine, whose clock nobody corrects. */
const onStrayHost = ({ to }: Exchange): boolean => to.endsWith('.7');

/** A software vendor: people in two offices, runners, tool servers and coding agents inside, customers with keys outside. */
export const platform: World = makeWorld({
  id: 'platform',
  catalogue: PLATFORM,
  people: PEOPLE,
  edgeAddresses: ['172.20.0.11', '172.20.0.12', '172.20.0.13'],
  sources: [
    source('edge/internal-access.jsonl', kong, toInternal, { clock: { offset: -420, drift: 0 } }),
    source('aws/public-api-access.jsonl', apiGateway({ apiId: 'q7f3k2m9x1', stage: 'live' }), toPublic, { withoutIds: 0.25 }),
    source('tools/gateway.jsonl', kong, toTools, { clock: { offset: 0, drift: 90 } }),
    source('egress/proxy.jsonl', envoy({ side: () => 'outbound', domain: 'quillforge.test' }), toOutside, BAD_DISK),
    source('services/spans.jsonl', otlp, hasSpans, { clock: { offset: 35, drift: 0, others: { offset: -13_965, has: onStrayHost } } }),
    recorder(RECORDINGS.agent, agentHar, ({ hop, party }) => hop === 'client' && party.recordedBy === RECORDINGS.agent),
    recorder(RECORDINGS.tools, agentHar, ({ hop, party }) => hop === 'client' && party.recordedBy === RECORDINGS.tools),
    recorder(
      RECORDINGS.browser,
      browserHar({ pageHost: 'console.quillforge.test', openedAt: DEFAULT_START, edge: '192.0.2.21' }),
      ({ hop, party }) => hop === 'client' && party.recordedBy === RECORDINGS.browser,
    ),
  ],
  documents: { 'api-docs/quillforge-v3.yaml': describe(PLATFORM, 'open'), 'api-docs/hub.yaml': describe(PLATFORM, 'hub') },
  actors: platformActors,
  roles: platformRoles,
});
