import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { toKnownText } from '../read/fields.ts';

/** What configurations append to a combined line, as far as it says by itself what it is. */
type AccessRest = Pick<ImportedCall, 'forwardedFor' | 'durationMs' | 'timings' | 'requestId' | 'upstream'> & {
  /** What is left. */
  readonly unread: string;
};

/** Longest tail that is looked at. Units: characters; longer ones are no handful of fields. */
const MAX_REST = 4000;

/** nginx alone writes seconds with exactly three digits, `0.123`; a size or a count has no point, a ratio has two digits. */
const NGINX_SECONDS = /^\d{1,6}\.\d{3}$/;
/** Where a name says that seconds follow; without a point it may be any unit. */
const NAMED_SECONDS = /^\d{1,6}\.\d{1,6}$/;
const ADDRESSES = /^(?=[^.:]*[.:])[0-9a-fA-F:.,\s[\]]*$/;
/** `key=value`, `key="value"`, `key: "value"` (Kong), `"value"`, or a word. */
const TOKEN = /(?:([A-Za-z_][\w-]{0,40})(?:=|: ?(?=")))?(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?:\s+|$)/y;

interface Taken {
  forwardedFor?: string | undefined;
  durationMs?: ImportedCall['durationMs'];
  timings?: (readonly [phase: string, ms: number])[];
  requestId?: string | undefined;
  upstream?: string | undefined;
}

const toMs = (seconds: string): number => Math.round(Number(seconds) * 1e6) / 1000;

/** Names under which configurations write nginx's variables; those of its own guide (`rt=`, `uct=`, `uht=`, `urt=`) among them. */
const PHASES: Readonly<Record<string, string>> = {
  urt: 'upstream',
  upstream_response_time: 'upstream',
  uct: 'upstream-connect',
  upstream_connect_time: 'upstream-connect',
  uht: 'upstream-header',
  upstream_header_time: 'upstream-header',
};
const REQUEST_IDS = new Set(['kong_request_id', 'request_id', 'req_id', 'rid', 'x_request_id', 'x-request-id']);

/**
 * Reads what stands after a combined or common line: a list of forwarded addresses, nginx's times in seconds, and fields with names.
 * Shape:   only what cannot mean anything else; a bare number may be any unit and any thing. Unread parts stay as they are written.
 * Example: `"198.51.100.4" rt=0.120 urt="0.118" 77` leaves `77`.
 */
export function readAccessRest(rest: string): AccessRest {
  if (rest === '' || rest.length > MAX_REST) return { unread: rest };
  const taken: Taken = {};
  const unread: string[] = [];
  const seconds: string[] = [];
  let isFirst = true;
  for (let at = 0; at < rest.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(rest);
    if (match === null) return { unread: rest };
    const [written, key, quoted, bare = ''] = match;
    if (key === undefined && NGINX_SECONDS.test(bare)) seconds.push(bare);
    else if (!take(taken, key?.toLowerCase(), quoted ?? bare, quoted !== undefined && isFirst)) unread.push(written.trimEnd());
    isFirst = false;
    at += written.length;
  }
  // Without names there are the request's time and, smaller, the upstream's; more of them are anyone's guess.
  if (seconds.length > 2) return { ...taken, unread: rest };
  const [longest, shorter] = seconds.map(toMs).sort((a, b) => b - a);
  if (longest !== undefined) taken.durationMs ??= durationMs(longest);
  if (shorter !== undefined) taken.timings ??= [['upstream', shorter]];
  return { ...taken, unread: unread.join(' ') };
}

/** A list of forwarded addresses; proxies write `unknown` for those that they do not know. */
export const isAddressList = (text: string): boolean =>
  ADDRESSES.test(text.includes('unknown') ? text.replaceAll(/\bunknown\b/g, '') : text);

/** Takes a value over; false when it is not known what it is. */
function take(taken: Taken, key: string | undefined, value: string, mayBeAddresses: boolean): boolean {
  if (key === undefined) {
    if (mayBeAddresses && isAddressList(value)) {
      taken.forwardedFor = value;
      return true;
    }
    return false;
  }
  if ((key === 'rt' || key === 'request_time') && NAMED_SECONDS.test(value)) {
    taken.durationMs = durationMs(toMs(value));
    return true;
  }
  const phase = Object.hasOwn(PHASES, key) ? PHASES[key] : undefined;
  if (phase !== undefined) {
    if (value === '-') return true;
    if (!NAMED_SECONDS.test(value)) return false;
    taken.timings = [...(taken.timings ?? []), [phase, toMs(value)]];
    return true;
  }
  if (REQUEST_IDS.has(key)) {
    taken.requestId = toKnownText(value);
    return true;
  }
  return false;
}

/** Extras for what a line has beyond its columns. */
export function toRestExtras(ident: string | undefined, port: string | undefined, unread: string): readonly Header[] | undefined {
  const extras: Header[] = [];
  if (ident !== undefined) extras.push(['ident', ident]);
  if (port !== undefined) extras.push(['client-port', port]);
  if (unread !== '') extras.push(['rest-of-line', unread]);
  return extras.length === 0 ? undefined : extras;
}
