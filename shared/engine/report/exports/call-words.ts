import type { CallJson } from '../../../contract/report-json.ts';
import { hostPath } from '../../../lib/host-path.ts';

/** The address of a call as far as the evidence has it: `https://api.test:8443/v1/users?a=1`, or only its path. */
export function urlOf({ scheme, host, port, path, query }: CallJson): string | undefined {
  const target = `${path ?? ''}${query === undefined || query === '' ? '' : `?${query}`}`;
  if (host === undefined) return target === '' ? undefined : target;
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const known = scheme ?? 'https';
  const usual = port === undefined || (known === 'https' && port === 443) || (known === 'http' && port === 80);
  return `${known}://${hostPath(`${bracketed}${usual ? '' : `:${String(port)}`}`, target)}`;
}

/** A call in one line: `GET api.test/v1/users/7 → 200`. */
export function sayCall({ method, host, path, tool, status, kind }: CallJson): string {
  const what = [method ?? (tool === undefined ? kind : undefined), tool ?? hostPath(host ?? '', path ?? '')].filter(
    (part) => part !== undefined && part !== '',
  );
  return `${what.join(' ')}${status === undefined ? '' : ` → ${String(status)}`}`;
}

/** The letters that STIX, OCSF and others take for a time: milliseconds since 1970, whole. Units: ms. */
export const epochMsOf = (time: string): number => Math.floor(Date.parse(time));

/** The same in microseconds, with what `Date` would cut off. Shape: a time as we print it, six digits and `Z`. Units: µs. */
export const epochMicrosOf = (time: string): number => epochMsOf(time) * 1000 + Number(/\.\d{3}(\d{3})Z$/.exec(time)?.[1] ?? 0);
