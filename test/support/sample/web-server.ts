import { MINUTE_MS, zoneOffset } from './calendar.ts';
import type { Recorder } from './recorder.ts';

/** A request that the storefront's NGINX answered. Units: epoch ms of the end, bytes. */
export interface PageRequest {
  readonly at: number;
  readonly ip: string;
  readonly userAgent: string;
  readonly path: string;
  readonly method?: string;
  readonly status?: number;
  readonly bytes: number;
  readonly referer?: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `[25/Oct/2026:02:10:00 +0200]` as a server in Berlin writes it. */
export function berlinStamp(at: number): string {
  const offset = zoneOffset('Europe/Berlin', at);
  const local = new Date(at + offset * MINUTE_MS);
  const date = `${two(local.getUTCDate())}/${MONTHS[local.getUTCMonth()] ?? ''}/${String(local.getUTCFullYear())}`;
  return `${date}:${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} +${two(offset / 60)}00`;
}

/** Writes one line of NGINX's combined log. */
export function logPage(recorder: Recorder, page: PageRequest): void {
  const request = `${page.method ?? 'GET'} ${page.path} HTTP/1.1`;
  const text = `${page.ip} - - [${berlinStamp(page.at)}] "${request}" ${String(page.status ?? 200)} ${String(page.bytes)} "${page.referer ?? '-'}" "${page.userAgent}"`;
  recorder.add('nginx', { loggedAt: page.at, text, tag: undefined, requestId: undefined });
}
