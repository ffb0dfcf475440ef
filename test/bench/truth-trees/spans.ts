import type { TreeCall } from './play.ts';

/** When played time begins: 2026-09-14T08:00:00Z. Units: µs. */
export const START = Date.UTC(2026, 8, 14, 8) * 1000;

const attribute = (key: string, value: string | number): object => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
});
const nanos = (micros: number): string => `${String(Math.round(micros))}000`;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The address of each service, which has one replica. */
export const addressOf = (services: readonly string[], service: string): string => `10.4.${String(1 + services.indexOf(service))}.7`;

/**
 * Calls as the spans of services that pass no context on: each begins a trace of its own and names its caller's address only. One line each, in
 * the order of their ends, as a collector writes them. `clockOf` sets the clock of a service; what comes from outside comes from a gateway where there is one. Units: µs.
 */
export function toSpans(
  calls: readonly TreeCall[],
  clockOf: (service: string) => (time: number) => number = () => (time) => time,
  gateway?: string,
): string {
  const services = [...new Set(calls.map(({ service }) => service))];
  return calls
    .map(({ service, operation, from, start, end }, place) => {
      const clock = clockOf(service);
      const resource = [attribute('service.name', service), attribute('service.instance.id', addressOf(services, service))];
      const attributes = [
        attribute('http.request.method', 'GET'),
        attribute('url.path', `/${operation}`),
        attribute('http.route', `/${operation}`),
        attribute('http.response.status_code', 200),
        attribute('server.address', `${service}.svc.mesh.test`),
        attribute('client.address', services.includes(from) ? addressOf(services, from) : (gateway ?? `198.51.100.${String(place % 200)}`)),
      ];
      const span = {
        traceId: hex(place + 1, 32), spanId: hex(place + 1, 16), name: `GET /${operation}`, kind: 2,
        startTimeUnixNano: nanos(START + clock(start)), endTimeUnixNano: nanos(START + clock(end)), attributes, status: {},
      }; // prettier-ignore
      return JSON.stringify({
        resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ scope: { name: 'mesh' }, spans: [span] }] }],
      });
    })
    .join('\n');
}
