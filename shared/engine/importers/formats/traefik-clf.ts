import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import { createClfClock, splitAccessLine, toAccessCall, type AccessFields } from '../access/access-line.ts';
import type { RecordImporter } from '../importer.ts';
import { toExtras, toKnownText } from '../read/fields.ts';
import { recognizeByLines } from '../read/line-vote.ts';

/** What Traefik writes behind the combined form: `242 "router" "http://server" 1ms`; the server or the duration may be missing. */
const TAIL = /^(\d+|-) "([^"]*)"(?: "([^"]*)")?(?: (\d+)ms)?$/;

interface TraefikFields {
  readonly access: AccessFields;
  readonly count: string | undefined;
  /** Routers of a chain stand one behind the other: `root@docker -> leaf@docker`. */
  readonly router: string | undefined;
  readonly server: string | undefined;
  readonly ms: string | undefined;
}

function splitTraefikLine(line: string): TraefikFields | undefined {
  const access = splitAccessLine(line);
  const tail = access?.userAgent === undefined ? null : TAIL.exec(access.rest);
  if (access === undefined || tail === null) return undefined;
  return { access, count: tail[1], router: tail[2], server: tail[3], ms: tail[4] };
}

/**
 * Traefik's access log in its common format: the combined form, then count, router (v1: frontend), server and milliseconds.
 * Source: Traefik access log docs. `-` stands for a status or size of 0, and for what is not known.
 */
export const traefikClf = {
  id: 'traefik-clf',
  title: 'Traefik access log (common format)',
  extensions: ['.log', '.txt'],
  holds:
    'time to the second, duration, client, user, method, path, status, response size, referer, user agent, router and server; no host, headers or bodies',
  recognize: (head) =>
    recognizeByLines(
      head,
      (line) => (splitTraefikLine(line) === undefined ? undefined : 'call'),
      'combined form, then count, "router", "server" and ms',
    ),
  records: 'lines',
  shape: 'not client, user, [time], "request", status, bytes, "referer", "user agent", count, "router", "server", ms',
  independent: true,
  isCertain: ({ text }) => splitTraefikLine(text) !== undefined,
  open() {
    const clock = createClfClock();
    return ({ record, at, text }) => {
      const fields = splitTraefikLine(text);
      if (fields === undefined) return undefined;
      return { kind: 'call', record, at, call: toCall(text, fields, clock(text, fields.access.timeAt)) };
    };
  },
} as const satisfies RecordImporter;

function toCall(line: string, { access, count, router, server, ms }: TraefikFields, time: ImportedCall['time']): ImportedCall {
  const url = splitUrl(toKnownText(server) ?? '');
  return {
    ...toAccessCall(line, access, time),
    timeKind: time === undefined ? 'unknown' : 'start',
    durationMs: ms === undefined ? undefined : durationMs(Number(ms)),
    // Apache's "-" is a size of 0; Traefik writes it for a request that never got an answer as well.
    resBytes: access.bytes === '-' ? undefined : Number(access.bytes),
    forwardedFor: undefined,
    upstream: toUpstream(url.host, url.port),
    route: toKnownText(router),
    extras: toExtras([
      ['request-count', toKnownText(count)],
      ['service-url', toKnownText(server)],
    ]),
  };
}

function toUpstream(host: string | undefined, port: number | undefined): string | undefined {
  if (host === undefined || port === undefined) return host;
  return host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
}
