import type { Json } from '../../../lib/json.ts';
import { toLooseText } from '../read/fields.ts';

/** Resource attributes that may hold the network address of the process that sent a span, the surest first. */
const NAMES = ['k8s.pod.ip', 'host.ip', 'net.host.ip', 'ip', 'service.instance.id'];
/** IPv4 or IPv6, as it stands alone. An instance id is more often a UUID, which is no address. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.*:)[0-9a-f:]{2,39})(?::\d{1,5})?$/i;
/** Every machine has these. */
const LOOPBACK = /^(?:127\.|::1$)/;

/**
 * The address of the process that sent a span, where its resource names one: what a gateway passed the request on to, and what its own
 * calls come from. Undefined where there is none or more than one.
 * Source: OpenTelemetry semantic conventions, resources `host`, `k8s`, `service`; Jaeger's process tag `ip`.
 */
export function toOwnAddress(resource: ReadonlyMap<string, Json> | undefined): string | undefined {
  for (const name of NAMES) {
    const value = resource?.get(name);
    const all = (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((item) => toLooseText(item) ?? []);
    const own = all.filter((text) => ADDRESS.test(text) && !LOOPBACK.test(text));
    if (own.length === 1) return own[0];
  }
  return undefined;
}
