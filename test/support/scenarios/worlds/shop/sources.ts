import { DAY_MS, DEFAULT_START, HOUR_MS, MINUTE_MS, zoneOffset } from '../../core/calendar.ts';
import type { Exchange } from '../../core/exchange.ts';
import { BAD_DISK, recorder, source, type Clock, type SourceSpec } from '../../core/source.ts';
import { browserHar } from '../../writers/browser-har.ts';
import { envoy } from '../../writers/envoy.ts';
import { agentHar } from '../../writers/har.ts';
import { kong } from '../../writers/kong.ts';
import { nginxCombined } from '../../writers/nginx.ts';
import { otlp } from '../../writers/otlp.ts';
import { HOSTS, SHOP } from './catalogue.ts';
import { RECORDINGS } from './parties.ts';

/** Services with a sidecar. That of payments logs what it asks of the bank as well. */
const WITH_SIDECAR: ReadonlySet<string | undefined> = new Set(['orders', 'customers', 'carts', 'inventory', 'payments', 'bank']);
/** Services that report spans. */
const WITH_SPANS: ReadonlySet<string | undefined> = new Set(['catalog', 'tickets']);
/** One of two pods of payments runs on a node whose clock nobody sets. */
const SLOW_POD = SHOP.services['payments']?.pods[1];

const MESH_CLOCK: Clock = {
  offset: 180,
  drift: 40,
  others: {
    offset: -15_000,
    has: ({ service, from, to }) => (service === 'payments' && to === SLOW_POD) || (service === 'bank' && from === SLOW_POD),
  },
};
/** On the second day the sidecars were changed, and wrote nothing meanwhile. */
const RESTART = { from: DAY_MS + 9 * HOUR_MS + 40 * MINUTE_MS, to: DAY_MS + 10 * HOUR_MS + 20 * MINUTE_MS } as const;
/** The machine of the agents, and the recorded customer's computer. */
const AGENT_CLOCK: Clock = { offset: -240, drift: 0 };
const BROWSER_CLOCK: Clock = { offset: -1130, drift: 0 };

const recordedInto =
  (path: string): SourceSpec['sees'] =>
  ({ hop, party }: Exchange) =>
    hop === 'client' && party.recordedBy === path;

/** Everything that the shop logs: Kong before its API, NGINX before its pages, sidecars and spans inside, and three recordings. */
export const SOURCES: readonly SourceSpec[] = [
  source('kong/gateway.jsonl', kong, ({ hop, host }) => hop === 'client' && (host === HOSTS.api || host === HOSTS.tools)),
  source(
    'nginx/access.log',
    nginxCombined(zoneOffset('Europe/Berlin')),
    ({ hop, host }) => hop === 'client' && host === HOSTS.storefront,
    BAD_DISK,
  ),
  source(
    'envoy/sidecar.jsonl',
    envoy({ side: ({ service }) => (service === 'bank' ? 'outbound' : 'inbound'), domain: 'mesh.acme-outfitters.test' }),
    ({ hop, service }) => hop === 'inner' && WITH_SIDECAR.has(service),
    { clock: MESH_CLOCK, withoutIds: 0.15, silent: RESTART },
  ),
  source('otel/spans.jsonl', otlp, ({ hop, service }) => hop === 'inner' && WITH_SPANS.has(service)),
  recorder(RECORDINGS.agent, agentHar, recordedInto(RECORDINGS.agent), { clock: AGENT_CLOCK }),
  recorder(RECORDINGS.tools, agentHar, recordedInto(RECORDINGS.tools), { clock: AGENT_CLOCK }),
  recorder(
    RECORDINGS.browser,
    browserHar({ pageHost: HOSTS.storefront, openedAt: DEFAULT_START, edge: '192.0.2.10' }),
    recordedInto(RECORDINGS.browser),
    { clock: BROWSER_CLOCK },
  ),
];
